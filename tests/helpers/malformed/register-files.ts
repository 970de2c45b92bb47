import { strToU8, zipSync } from 'fflate'
import { lottery } from './manifest'

/** Files in the place of a register, and the code each must be refused with; wrong rows of a sound file are flags, tried elsewhere. */
export interface MalformedRegister {
  readonly what: string
  readonly content: Uint8Array
  readonly codes: readonly string[]
}

const random = lottery('registers')
const workbook = (...sheets: string[]): Uint8Array =>
  zipSync({
    'xl/workbook.xml': strToU8(`<workbook><sheets>${sheets.map((_, k) => `<sheet name="s${k}" id="r${k}"/>`).join('')}</sheets></workbook>`),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationships>${sheets.map((_, k) => `<Relationship Id="r${k}" Target="worksheets/sheet${k + 1}.xml"/>`).join('')}</Relationships>`),
    ...Object.fromEntries(sheets.map((xml, k) => [`xl/worksheets/sheet${k + 1}.xml`, strToU8(xml)])),
  })
const sheet = (...rows: string[][]) =>
  `<worksheet><sheetData>${rows.map((cells, r) => `<row r="${r + 1}">${cells.map((words, c) => `<c r="${String.fromCharCode(65 + c)}${r + 1}" t="inlineStr"><is><t>${words}</t></is></c>`).join('')}</row>`).join('')}</sheetData></worksheet>`
const sound = workbook(sheet(['户编号', '党员编号'], ['1', '2']), sheet(['党员编号', '最少户数'], ['2', '6']))
const cut = (at: number) => sound.slice(0, at)

const cases = (codes: string | readonly string[], list: readonly (readonly [what: string, content: Uint8Array | string])[]): MalformedRegister[] =>
  list.map(([what, content]) => ({ what, content: typeof content === 'string' ? strToU8(content) : content, codes: typeof codes === 'string' ? [codes] : codes }))

export const MALFORMED_REGISTERS: readonly MalformedRegister[] = [
  ...cases(['file_truncated', 'zip_broken', 'sheet_missing', 'table_without_heads', 'xml_invalid'], Array.from({ length: 10 }, () => {
    // Behind the last entry stands the list of entries, which is not asked.
    const at = 40 + Math.floor(random() * (sound.length * 0.6))
    return [`cut at byte ${at}`, cut(at)] as const
  })),
  ...cases('file_empty', [['nothing', ''], ['blanks', ' \n\n']]),
  ...cases('file_kind_unknown', [
    ['a table of texts', '户编号,党员编号\n1,2\n'], ['the old format', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])], ['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10])],
  ]),
  ...cases(['zip_broken', 'file_truncated'], [['noise in an archive', Uint8Array.from([0x50, 0x4b, 3, 4, ...Array.from({ length: 400 }, () => Math.floor(random() * 256))])]]),
  ...cases('sheet_missing', [['an archive of words', zipSync({ 'readme.txt': strToU8('x') })], ['a list of sheets that are not there', zipSync({ 'xl/workbook.xml': strToU8('<workbook><sheets><sheet name="a" id="r1"/></sheets></workbook>') })]]),
  ...cases('table_without_heads', [
    ['other columns', workbook(sheet(['a', 'b'], ['1', '2']))], ['households alone', workbook(sheet(['户编号', '地址'], ['1', 'x']))], ['members alone', workbook(sheet(['党员编号', '姓名'], ['1', 'x']))],
    ['empty sheets', workbook(sheet(), sheet())], ['heads beyond the last sheet looked at', workbook(sheet(), sheet(), sheet(), sheet(), sheet(), sheet(), sheet(['户编号', '党员编号'], ['1', '2']))],
  ]),
  ...cases('no_rows', [['heads alone', workbook(sheet(['户编号', '党员编号']))], ['rows without a word', workbook(sheet(['党员编号', '最多户数'], ['', ''], ['', '']))]]),
  ...cases('too_many_rows', [['a row of a billion', workbook('<worksheet><sheetData><row r="1000000000"/></sheetData></worksheet>')], ['rows that go back', workbook('<worksheet><sheetData><row r="5"/><row r="5"/></sheetData></worksheet>')]]),
  ...cases('xml_doctype', [['laughs', workbook('<!DOCTYPE l [<!ENTITY a "ha">]><worksheet/>')]]),
  ...cases('xml_invalid', [['ends that cross', workbook('<worksheet><a><b></a></b></worksheet>')], ['an unknown entity', workbook('<worksheet>&nbsp;</worksheet>')]]),
  ...cases('xml_too_deep', [['brackets', workbook(`<worksheet>${'<a>'.repeat(5_000)}${'</a>'.repeat(5_000)}</worksheet>`)]]),
  ...cases('expansion_ratio', [['a bomb', zipSync({ 'xl/workbook.xml': strToU8('<workbook/>'), 'xl/worksheets/sheet1.xml': new Uint8Array(12 * 2 ** 20) }, { level: 9 })]]),
]
