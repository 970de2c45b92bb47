/**
 * Everything a browser may ask of the API, and so everything the role `authenticated` may hold in the database: the
 * front handler answers 404 to all else, and the privileges in the database are compared with this list at every
 * start. A new relation or function becomes reachable here, in the change that makes it.
 */
export type Verb = 'select' | 'insert' | 'update' | 'delete'

/** Relations of the schema `public` and the verbs `authenticated` has on them; rows are row-level security's matter. */
export const RELATIONS: Readonly<Record<string, readonly Verb[]>> = {}

/** Functions of the schema `public` that `authenticated` may execute. */
export const FUNCTIONS: readonly string[] = []

/** Paths of the sign-in service, with their methods. Sign-up, codes by mail and changes of an account have none. */
export const AUTH_PATHS: Readonly<Record<string, readonly string[]>> = {
  '/auth/v1/token': ['POST'],
  '/auth/v1/user': ['GET'],
  '/auth/v1/logout': ['POST'],
}

export const METHODS_BY_VERB: Readonly<Record<Verb, readonly string[]>> = {
  select: ['GET', 'HEAD'],
  insert: ['POST'],
  update: ['PATCH'],
  delete: ['DELETE'],
}
