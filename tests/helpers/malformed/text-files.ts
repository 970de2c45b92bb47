import { strToU8 } from 'fflate'
import { collection, feature, join, polygon, square } from '../../fixtures/import/make-files'
import { blocker, lottery, type MalformedFile } from './manifest'

const NAN = Symbol('NaN')
const house = (k: number, properties: Record<string, unknown> = {}) =>
  feature(polygon(square(117.6 + k * 1e-3, 36.2, 20)), { building: 'house', id: k, ...properties })
const sound = [1, 2, 3].map((k) => house(k))
/** A collection whose second feature, on line 3, is replaced by a text. */
const withSecond = (text: string): string => collection([house(1), NAN, house(3)].map((item) => (item === NAN ? '@@' : item))).replace('"@@"', text)
const asLines = (items: readonly string[]): string => items.join('\n')
const geometryTexts: readonly (readonly [what: string, geometry: string, code: string, field: string | null])[] = [
  ['no geometry', 'null', 'geometry_missing', 'geometry'],
  ['a polygon without rings', '{"type":"Polygon","coordinates":[]}', 'geometry_missing', 'geometry'],
  ['a polygon of an empty ring', '{"type":"Polygon","coordinates":[[]]}', 'geometry_missing', 'geometry'],
  ['a line without points', '{"type":"LineString","coordinates":[]}', 'geometry_missing', 'geometry'],
  ['mixed geometry', '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[117,36]}]}', 'geometry_unknown', 'geometry'],
  ['a curve', '{"type":"CircularString","coordinates":[[117,36],[118,37]]}', 'geometry_unknown', 'geometry'],
  ['a type that every object has', '{"type":"constructor","coordinates":[117,36]}', 'geometry_unknown', 'geometry'],
  ['another type that every object has', '{"type":"toString","coordinates":[117,36]}', 'geometry_unknown', 'geometry'],
  ['a type that is a number', '{"type":5,"coordinates":[117,36]}', 'geometry_unknown', 'geometry'],
  ['a geometry that is a word', '"Polygon"', 'geometry_unknown', 'geometry'],
  ['a geometry that is a number', '17', 'geometry_unknown', 'geometry'],
  ['words for numbers', '{"type":"Polygon","coordinates":[[["117","36"],["118","36"]]]}', 'coordinates_invalid', 'geometry'],
  ['a position of one number', '{"type":"Point","coordinates":[117]}', 'coordinates_invalid', 'geometry'],
  ['a position of nothing', '{"type":"Point","coordinates":[]}', 'coordinates_invalid', 'geometry'],
  ['a position that is null', '{"type":"LineString","coordinates":[null,[117,36]]}', 'coordinates_invalid', 'geometry'],
  ['a number beyond all numbers', '{"type":"Point","coordinates":[1e400,36]}', 'coordinates_invalid', 'geometry'],
  ['one below all numbers', '{"type":"Point","coordinates":[117,-1e999]}', 'coordinates_invalid', 'geometry'],
  ['a polygon given as a line', '{"type":"Polygon","coordinates":[[117,36],[118,36]]}', 'coordinates_invalid', 'geometry'],
  ['coordinates that are an object', '{"type":"Polygon","coordinates":{"0":[[117,36]]}}', 'coordinates_invalid', 'geometry'],
  ['coordinates that are missing', '{"type":"Polygon"}', 'coordinates_invalid', 'geometry'],
  ['NaN', '{"type":"Point","coordinates":[NaN,36]}', 'json_invalid', null],
  ['Infinity', '{"type":"Point","coordinates":[Infinity,36]}', 'json_invalid', null],
  ['a hexadecimal number', '{"type":"Point","coordinates":[0x75,36]}', 'json_invalid', null],
  ['a comma too many', '{"type":"Point","coordinates":[117,36,]}', 'json_invalid', null],
  ['single quotes', "{'type':'Point','coordinates':[117,36]}", 'json_invalid', null],
  ['a line break inside a text', '{"type":"Po\tint","coordinates":[117,36]}', 'json_invalid', null],
  ['a bad escape', '{"type":"\\x41","coordinates":[117,36]}', 'json_invalid', null],
]

/** Each wrong geometry in the middle of a collection and of lines: it costs its own row, and that row is named. */
const geometryFiles = geometryTexts.flatMap(([what, geometry, code, field]): MalformedFile[] => {
  const ends = { code, severity: 'error', row: 3, rows: 2, ...(field === null ? {} : { field }) } as const
  const text = `{"type":"Feature","properties":{"building":"yes"},"geometry":${geometry}}`
  return [
    { what, name: 'a.geojson', content: withSecond(text), ends },
    { what, name: 'a.geojsonl', content: asLines([JSON.stringify(house(1)), '', text, JSON.stringify(house(3))]), ends },
  ]
})

const random = lottery('text')
const whole = strToU8(collection(Array.from({ length: 40 }, (_, k) => house(k, { name: '泰山路' }))))
const wholeLines = strToU8(asLines(Array.from({ length: 40 }, (_, k) => JSON.stringify(house(k, { name: '泰山路' })))))
const wholeTable = strToU8(`code,name\n${Array.from({ length: 40 }, (_, k) => `370116${String(k).padStart(3, '0')},"街道 ${k}"`).join('\n')}\n`)
/** A place to cut: never so early that nothing of the kind is left, never so late that nothing is missing. */
const cutOf = (bytes: Uint8Array, from: number): number => from + Math.floor(random() * (bytes.length - from - 8))

const truncated: readonly MalformedFile[] = [
  ...Array.from({ length: 14 }, (): MalformedFile => {
    const at = cutOf(whole, 60)
    return { what: `cut at byte ${at}`, name: 'a.geojson', content: whole.slice(0, at), ends: blocker(['file_truncated', 'json_invalid']) }
  }),
  ...Array.from({ length: 14 }, (): MalformedFile => {
    const lines = new TextDecoder('latin1').decode(wholeLines).split('\n').map((line) => line.length + 1)
    const line = 1 + Math.floor(random() * 38)
    const at = lines.slice(0, line).reduce((sum, length) => sum + length, 0) + 2 + Math.floor(random() * (lines[line] - 6))
    return { what: `cut at byte ${at}`, name: 'a.geojsonl', content: wholeLines.slice(0, at), ends: { ...blocker('file_truncated', line + 1), rows: line } }
  }),
  ...Array.from({ length: 6 }, (_, k): MalformedFile => {
    const at = new TextDecoder('latin1').decode(wholeTable).indexOf(',"', (k + 1) * 100) + 4
    return { what: `cut inside a quoted cell, at byte ${at}`, name: 'a.csv', content: wholeTable.slice(0, at), ends: { code: 'table_quote', severity: 'error' } }
  }),
]

const deep = (sign: string, depth: number): string => sign.repeat(depth)
const utf16 = (text: string, little: boolean): Uint8Array => {
  const bytes = new Uint8Array(2 * text.length)
  const view = new DataView(bytes.buffer)
  for (let k = 0; k < text.length; k++) view.setUint16(2 * k, text.charCodeAt(k), little)
  return bytes
}

const wholeFiles: readonly MalformedFile[] = [
  { what: 'nothing at all', name: 'a.geojson', content: '', ends: blocker('file_empty', null) },
  { what: 'blanks only', name: 'a.geojson', content: ' \n\t\r\n ', ends: blocker('file_empty', null) },
  { what: 'a mark of byte order and nothing else', name: 'a.geojson', content: new Uint8Array([0xef, 0xbb, 0xbf]), ends: blocker(['file_empty', 'json_invalid']) },
  { what: 'zero bytes only', name: 'a.geojsonl', content: new Uint8Array(4_000), ends: blocker('file_empty', null) },
  { what: 'an empty collection', name: 'a.geojson', content: '{"type":"FeatureCollection","features":[]}', ends: blocker('no_features') },
  { what: 'features that are no list', name: 'a.geojson', content: '{"type":"FeatureCollection","features":{"a":1}}', ends: { code: 'geometry_unknown', severity: 'error', row: 1, rows: 0 } },
  { what: 'features that are numbers', name: 'a.geojson', content: '{"type":"FeatureCollection","features":[1,2,3]}', ends: blocker('no_features') },
  { what: 'another kind of JSON', name: 'a.json', content: '{"name":"gewu","scripts":{}}', ends: blocker('no_features') },
  { what: 'a list of lists', name: 'a.json', content: '[[117,36],[118,37]]', ends: blocker('no_features') },
  { what: 'a web page', name: 'a.geojson', content: '<!doctype html><title>502 Bad Gateway</title>', ends: blocker('json_invalid') },
  { what: 'a page called .txt', name: 'a.txt', content: '<!doctype html><title>502</title>', ends: blocker('file_kind_unknown', null) },
  { what: 'a picture', name: 'a.png', content: new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), ends: blocker('file_kind_unknown', null) },
  { what: 'a drawing', name: 'a.dxf', content: '0\nSECTION\n2\nHEADER\n', ends: blocker('file_kind_unknown', null) },
  { what: 'well-known text', name: 'a.wkt', content: 'POLYGON((117 36,118 36,118 37,117 36))', ends: blocker('file_kind_unknown', null) },
  { what: 'a track', name: 'a.gpx', content: '<?xml version="1.0"?><gpx><trk/></gpx>', ends: blocker('file_kind_unknown', null) },
  { what: 'a bomb of entities', name: 'a.kml', content: '<!DOCTYPE k [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><kml>&b;</kml>', ends: blocker('file_kind_unknown', null) },
  { what: 'lists 100,000 deep', name: 'a.geojson', content: `{"type":"FeatureCollection","features":${deep('[', 100_000)}`, ends: blocker('json_too_deep', 1) },
  { what: 'objects 100,000 deep', name: 'a.geojson', content: `{"type":"FeatureCollection","features":${deep('{"a":', 100_000)}`, ends: blocker('json_too_deep', 1) },
  { what: 'depth in the attributes', name: 'a.geojson', content: withSecond(`{"type":"Feature","properties":{"a":${deep('[', 90)}${deep(']', 90)}},"geometry":null}`), ends: blocker('json_too_deep', 3) },
  { what: 'depth on one line', name: 'a.geojsonl', content: asLines([JSON.stringify(house(1)), `{"type":"Feature","x":${deep('[', 100_000)}}`]), ends: { ...blocker('json_too_deep', 2), rows: 1 } },
  { what: 'a line of 17 MB', name: 'a.geojsonl', content: `{"type":"Feature","properties":{"a":"${'x'.repeat(17 * 2 ** 20)}"}}`, ends: blocker('line_too_long', 1) },
  { what: 'brackets that do not match', name: 'a.geojson', content: '{"type":"FeatureCollection","features":[}', ends: blocker('json_invalid', 1) },
  { what: 'a bracket too many', name: 'a.geojson', content: `${collection(sound)}]`, ends: blocker('json_invalid', 5) },
  { what: 'UTF-16 without its mark', name: 'a.geojson', content: utf16(collection(sound), true), ends: blocker(['json_invalid', 'json_too_deep', 'no_features', 'file_truncated']) },
  { what: 'lines joined by commas', name: 'a.geojsonl', content: asLines(sound.map((item) => `${JSON.stringify(item)},`)), ends: { code: ['json_invalid', 'file_truncated'], severity: 'error', row: 1, rows: 0 } },
  { what: 'ids that come twice', name: 'a.geojson', content: collection([house(1), house(2), house(1)]), ends: { code: 'duplicate_id', severity: 'error', row: 4, field: 'id', rows: 2 } },
  { what: 'ids that come twice', name: 'a.geojsonl', content: asLines([house(1), house(1)].map((item) => JSON.stringify(item))), ends: { code: 'duplicate_id', severity: 'error', row: 2, field: 'id', rows: 1 } },
  { what: 'bytes of no encoding', name: 'a.geojson', content: join([strToU8('{"type":"FeatureCollection","features":[\n{"type":"Feature","properties":{"name":"'), new Uint8Array([0xff, 0xc3, 0x28, 0x80]), strToU8('"},"geometry":{"type":"Point","coordinates":[117,36]}}]}')]), ends: { code: 'encoding_unknown', severity: 'warning', row: null, rows: 1 } },
]

const tables: readonly MalformedFile[] = [
  { what: 'one column', name: 'a.csv', content: 'names\none\ntwo\n', ends: blocker('table_without_heads') },
  { what: 'heads without names', name: 'a.csv', content: ',,\n1,2,3\n', ends: blocker('table_without_heads') },
  { what: 'a head twice', name: 'a.csv', content: 'name,code,name\na,1,b\n', ends: blocker('table_head_twice', 1) },
  { what: 'a head and no rows', name: 'a.csv', content: 'code,name\n', ends: blocker('no_features') },
  { what: 'blank rows only', name: 'a.csv', content: 'code,name\n\n\n\n', ends: blocker('no_features') },
  { what: 'a row of one cell', name: 'a.csv', content: 'code,name\n370116001,one\n370116002\n370116003,three\n', ends: { code: 'table_width', severity: 'error', row: 3, rows: 2 } },
  { what: 'a row of three cells', name: 'a.tsv', content: 'code\tname\n370116001\tone\n370116002\ttwo\tthree\n', ends: { code: 'table_width', severity: 'error', row: 3, rows: 1 } },
  { what: 'a quote that never closes', name: 'a.csv', content: 'code,name\n370116001,"one\n370116002,two\n', ends: { code: 'table_quote', severity: 'error', row: 2 } },
  { what: 'text behind a closed quote', name: 'a.csv', content: 'code,name\n370116001,"one"two\n370116002,three\n', ends: { code: 'table_quote', severity: 'error', row: 2 } },
  { what: 'a workbook called .csv', name: 'a.csv', content: 'PK\u0003\u0004 xl/workbook.xml', ends: blocker(['zip_broken', 'zip_without_shp']) },
  { what: 'bytes of no encoding', name: 'a.csv', content: join([strToU8('code,name\n370116001,'), new Uint8Array([0xff, 0xff, 0x81]), strToU8('\n')]), ends: { code: 'encoding_unknown', severity: 'warning', rows: 1 } },
  { what: 'GBK that nobody declared', name: 'a.csv', content: join([strToU8('code,name\n370116001,'), new Uint8Array([0xb7, 0xef, 0xb3, 0xc7]), strToU8('\n')]), ends: { code: 'encoding_gbk', severity: 'info', rows: 1 } },
]

export const TEXT_FILES: readonly MalformedFile[] = [...geometryFiles, ...truncated, ...wholeFiles, ...tables]

/** Texts that look harmless to a reader and are none: each must come out as text that every database takes. */
export const ODD_TEXTS: readonly (readonly [what: string, json: string])[] = [
  ['a zero byte', '"a\\u0000b"'],
  ['the first half of a pair', '"a\\ud83d"'],
  ['the second half of a pair', '"\\ude00b"'],
  ['halves the wrong way round', '"\\ude00\\ud83d"'],
  ['a pair cut by the limit of length', JSON.stringify(`${'x'.repeat(199)}😀`)],
  ['other marks below the blank', '"a\\u0001\\u0008\\u001f\\u007fb"'],
  ['10 MB', JSON.stringify('长'.repeat(3_500_000))],
  ['a mark that turns the line', '"\\u202Egpj.exe\\u2066"'],
  ['signs without width', '"a\\u200b\\u200d\\ufeffb"'],
  ['a formula', '"=HYPERLINK(\\"http://x.example\\",\\"A\\")"'],
  ['a script', '"<img src=x onerror=alert(1)>"'],
  ['a number beyond all numbers', '1e400'],
  ['a number', '-0.0000001'],
  ['the name of a prototype', '"__proto__"'],
]
