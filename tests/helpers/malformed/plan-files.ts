import { strToU8, zipSync } from 'fflate'
import { lottery } from './manifest'

/** Files in the place of a plan, and the code each must be refused with; rows that are wrong in a sound file are flags, tried elsewhere. */
export interface MalformedPlan {
  readonly what: string
  readonly name: string
  readonly content: Uint8Array
  readonly codes: readonly string[]
}

const random = lottery('plans')
const at = (length: number) => 1 + Math.floor(random() * (length - 2))
const text = (words: string): Uint8Array => new TextEncoder().encode(words)

const RING = '117.60,36.20 117.61,36.20 117.61,36.21 117.60,36.21 117.60,36.20'
const KML = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>一格</name><Polygon><outerBoundaryIs><LinearRing><coordinates>${RING}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Document></kml>`
const GEOJSON = JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { code: 'x' }, geometry: { type: 'Polygon', coordinates: [[[117.6, 36.2], [117.7, 36.2], [117.7, 36.3], [117.6, 36.2]]] } }] })
const sheet = (xml: string, others: Record<string, string> = {}): Uint8Array =>
  zipSync(Object.fromEntries(Object.entries({ 'xl/workbook.xml': '<workbook/>', 'xl/worksheets/sheet1.xml': xml, ...others }).map(([name, words]) => [name, strToU8(words)])))
const SHEET = '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>楼栋号</t></is></c><c r="B1" t="inlineStr"><is><t>网格编码</t></is></c></row></sheetData></worksheet>'

const cases = (codes: string | readonly string[], name: string, list: readonly (readonly [what: string, content: string | Uint8Array])[]): MalformedPlan[] =>
  list.map(([what, content]) => ({ what, name, content: typeof content === 'string' ? text(content) : content, codes: typeof codes === 'string' ? [codes] : codes }))

const deep = (open: string, close: string, count: number) => open.repeat(count) + close.repeat(count)

export const MALFORMED_PLANS: readonly MalformedPlan[] = [
  ...cases(['file_truncated', 'xml_invalid'], 'a.kml', Array.from({ length: 12 }, () => {
    const cut = at(KML.length)
    return [`cut at sign ${cut}`, KML.slice(0, cut)] as const
  })),
  ...cases('xml_doctype', 'a.kml', [
    ['a document type', '<!DOCTYPE kml [<!ENTITY a "b">]><kml/>'],
    ['laughs', `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "${'&a;'.repeat(10)}">]><kml>&b;</kml>`],
    ['a file from elsewhere', '<!DOCTYPE k SYSTEM "http://127.0.0.1/x"><kml/>'],
  ]),
  ...cases('xml_too_deep', 'a.kml', [['brackets', `<kml>${deep('<a>', '</a>', 5_000)}</kml>`]]),
  ...cases('xml_invalid', 'a.kml', [
    ['another language', '<html><body></body></html>'], ['an unknown entity', '<kml>&nbsp;</kml>'], ['a bare ampersand', '<kml>a & b</kml>'],
    ['ends that cross', '<kml><a><b></a></b></kml>'], ['an attribute without quotes', '<kml a=b></kml>'], ['words behind the end', '<kml></kml>x'],
    ['a sign beyond all', '<kml>&#x110000;</kml>'], ['a name that is none', '<kml><1></1></kml>'], ['a lone bracket', '<kml><</kml>'],
  ]),
  ...cases(['file_truncated', 'json_invalid'], 'a.geojson', Array.from({ length: 8 }, () => {
    const cut = at(GEOJSON.length)
    return [`cut at sign ${cut}`, GEOJSON.slice(0, cut)] as const
  })),
  ...cases(['json_too_deep', 'file_truncated'], 'a.geojson', [['brackets', deep('[', ']', 5_000)], ['open brackets', '['.repeat(5_000)]]),
  ...cases('file_empty', 'a.geojson', [['nothing', ''], ['blanks', ' \n\n ']]),
  ...cases('file_kind_unknown', 'a.bin', [['a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0])], ['words', 'no plan']]),
  ...cases('table_without_heads', 'a.csv', [['other columns', 'a,b\n1,2'], ['one column', '网格编码\n1'], ['buildings alone', '楼栋号,地址\n1,2'], ['no line that counts', ',\n,']]),
  ...cases('no_features', 'a.csv', [['heads alone', '楼栋号,网格编码\n'], ['rows without a word', '楼栋号,网格编码\n,\n,\n']]),
  ...cases(['zip_broken', 'file_truncated'], 'a.xlsx', [
    ['the beginning of an archive', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0])],
    ['noise in an archive', Uint8Array.from([0x50, 0x4b, 3, 4, ...Array.from({ length: 400 }, () => Math.floor(random() * 256))])],
  ]),
  ...cases('zip_without_plan', 'a.zip', [['an archive of words', zipSync({ 'readme.txt': strToU8('x') })]]),
  ...cases('zip_several_layers', 'a.zip', [['two layers', zipSync({ 'a.shp': new Uint8Array(100), 'b.shp': new Uint8Array(100) })]]),
  ...cases('shp_broken', 'a.zip', [['zeros', zipSync({ 'a.shp': new Uint8Array(200) })]]),
  ...cases('sheet_missing', 'a.xlsx', [['no sheet', zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') })]]),
  ...cases('no_features', 'a.xlsx', [['heads alone', sheet(SHEET)]]),
  ...cases('table_without_heads', 'a.xlsx', [['no row', sheet('<worksheet><sheetData/></worksheet>')], ['a formula alone', sheet('<worksheet><sheetData><row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>')]]),
  ...cases('too_many_rows', 'a.xlsx', [
    ['a row of a billion', sheet('<worksheet><sheetData><row r="1000000000"><c r="A1"><v>1</v></c></row></sheetData></worksheet>')],
    ['rows that go back', sheet('<worksheet><sheetData><row r="5"/><row r="5"/></sheetData></worksheet>')],
    ['a row that is no number', sheet('<worksheet><sheetData><row r="x"/></sheetData></worksheet>')],
  ]),
  ...cases('xml_doctype', 'a.xlsx', [['laughs in a sheet', sheet('<!DOCTYPE l [<!ENTITY a "ha">]><worksheet/>')]]),
  ...cases('expansion_ratio', 'a.xlsx', [['a bomb', zipSync({ 'xl/workbook.xml': strToU8('<workbook/>'), 'xl/worksheets/sheet1.xml': new Uint8Array(12 * 2 ** 20) }, { level: 9 })]]),
]
