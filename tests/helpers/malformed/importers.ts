import type { FileKind } from '@/rooms/data-exchange/model'

/**
 * Everything that takes in what somebody else wrote, and the part of the corpus that attacks it. Who writes another importer
 * adds it here, with its malformed files: `importers.test.ts` finds what reads bytes or text from outside and is not named.
 */

/** Kinds of files that the room of data reads; the compiler asks for each that is added. */
export const FILE_KINDS: Readonly<Record<FileKind | 'gzip', readonly string[]>> = {
  geojson: ['a.geojson', 'a.json'],
  geojson_lines: ['a.geojsonl'],
  osm_pbf: ['a.osm.pbf', 'a.pbf'],
  shapefile: ['a.zip'],
  table: ['a.csv', 'a.tsv'],
  gzip: ['a.geojson.gz', 'a.gz'],
}

/** Files of code that turn bytes or text from outside into values, and the part of the corpus that is aimed at each. */
export const READERS: Readonly<Record<string, 'text-files' | 'packed-files' | 'backup-files' | 'server-rows' | 'plan-files' | 'register-files' | 'gpx-files'>> = {
  'src/rooms/data-exchange/readers/read-file.ts': 'text-files',
  'src/rooms/data-exchange/readers/file-kind.ts': 'text-files',
  'src/formats/decode-text.ts': 'text-files',
  'src/rooms/data-exchange/readers/read-geojson.ts': 'text-files',
  'src/rooms/data-exchange/readers/read-code-table.ts': 'text-files',
  'src/formats/unpack.ts': 'packed-files',
  'src/rooms/data-exchange/readers/read-shapefile.ts': 'packed-files',
  'src/formats/shp-records.ts': 'packed-files',
  'src/formats/dbf-rows.ts': 'packed-files',
  'src/rooms/data-exchange/readers/osm-blobs.ts': 'packed-files',
  'src/rooms/data-exchange/readers/osm-block.ts': 'packed-files',
  'src/rooms/redesign/exchange/read-plan-file.ts': 'plan-files',
  'src/rooms/redesign/components/FilesSection.vue': 'plan-files',
  'src/rooms/assignment/components/RegisterSection.vue': 'register-files',
  'src/rooms/issues/components/ReceptionForm.vue': 'register-files',
  'src/rooms/patrol/components/GpxImport.vue': 'gpx-files',
  'supabase/local/backups/backup-file.ts': 'backup-files',
  'supabase/local/data-directory/layout.ts': 'backup-files',
  'supabase/local/data-directory/lock.ts': 'backup-files',
  'supabase/local/data-directory/secrets.ts': 'backup-files',
  'supabase/local/data-directory/sign-in-failures.ts': 'backup-files',
}

/** The same signs where nothing is imported: why not. */
export const NO_IMPORTERS: Readonly<Record<string, string>> = {
  'src/formats/write-shapefile.ts': 'writes',
  'src/rooms/redesign/preferences.ts': 'what this page itself keeps in the browser',
  'src/rooms/assignment/phone/kept-list.ts': 'what this page itself keeps in the browser',
  'src/rooms/assignment/phone/own-visits.ts': 'what this page itself keeps in the browser',
  'src/rooms/issues/components/PhotoPicker.vue': 'hands the photos on to shrink-photo.ts',
  'src/rooms/issues/photos/shrink-photo.ts': 'pictures, which the browser draws',
  'src/rooms/issues/visitor/kept-draft.ts': 'what this page itself keeps in the browser',
  'src/data/errors.ts': 'the detail of a refusal of the own server',
  'src/rooms/data-exchange/components/StepFiles.vue': 'hands the files on to read-file.ts',
  'src/rooms/data-exchange/store.ts': 'a copy of what the page itself holds',
  'supabase/local/database-command.ts': 'the dump that the engine itself made',
  'supabase/local/database/light-postgis.ts': 'files of a package',
  'supabase/local/worker/database-worker.ts': 'what the API layer answers',
  'supabase/local/database/api-connection.ts': 'what the database answers',
  'supabase/local/database/migrations.ts': 'files of the project',
  'supabase/local/database/prepare-database.ts': 'files of the project',
  'supabase/local/database/snapshot-cache.ts': 'files of the project',
  'supabase/local/http/access-log.ts': 'a token whose signature was proved',
  'supabase/local/http/front-handler.ts': 'requests: attacked in tests/sql/server',
  'supabase/local/http/refuse-request.ts': 'requests: attacked in tests/sql/server',
  'supabase/local/http/static-files.ts': 'files of the project',
  'supabase/local/http/translate-error.ts': 'what the database answers',
  'supabase/local/serve.ts': 'the certificate, which the TLS library reads',
  'supabase/local/set-up/build-pages.ts': 'files of the project',
  'supabase/local/set-up/install-packages.mjs': 'files of the project',
  'supabase/local/worker/equal-sign-in-time.ts': 'requests: attacked in tests/sql/server',
}
