// The networks' own error names in plain words, where an account as a whole is concerned.

import type { Words } from '../../kit/words.ts'

const reconnect = 'Connect the account again.'
const thePost = 'The post says more.'
const again = 'Try again in a while.'

const ended: Words = { what: 'The access has ended.', next: reconnect }
const refused: Words = { what: 'The server does not accept the access any more.', next: reconnect }
const closed: Words = {
  what: 'The network has suspended or closed this account.',
  next: 'Its owner must settle that at the network.',
}
const missing: Words = {
  what: 'A permission is missing.',
  next: 'Connect again, and allow everything that is asked for.',
}
const notPost: Words = { what: 'The network did not accept a post.', next: thePost }
const notFile: Words = { what: 'The network did not accept a file.', next: thePost }
const gone: Words = { what: 'What this belongs to does not exist any more at the network.', next: thePost }
const signIn: Words = { what: 'The network did not finish the sign-in.', next: 'Begin again.' }
const wrongPassword: Words = {
  what: 'The password is not accepted.',
  next: 'Make a new one for Longrun there and copy it whole; it is not the one you sign in with.',
}
const wrongKey: Words = {
  what: 'The key is not accepted.',
  next: 'Copy it again; it may have been renewed or deleted there.',
}
const space: Words = { what: 'The site has no room left for files.', next: 'Make room there.' }
const busy: Words = { what: 'The server has troubles of its own just now.', next: again }

export const networkCodes: Record<string, Words> = {
  'no-mail-server': {
    what: 'This installation has no mail server.',
    next: 'Set SMTP_URL and MAIL_FROM, start Longrun again, then try once more.',
  },
  'address-not-usable': {
    what: 'This is not a mail address.',
    next: 'Enter the address that readers see as the sender.',
  },
  'imprint-not-usable': { what: 'A postal address is needed.', next: 'Enter name, street and town.' },
  // Names of the XRPC interface
  ExpiredToken: ended,
  InvalidToken: ended,
  invalid_token: ended,
  use_dpop_nonce: { what: 'The server asked for the proof of the sign-in once more.', next: again },
  AuthMissing: refused,
  AuthRequired: refused,
  invalid_dpop_proof: refused,
  AuthenticationRequired: {
    what: 'Handle and password do not fit together.',
    next: 'Use an app password made for Longrun, and write the handle whole.',
  },
  AuthFactorTokenRequired: {
    what: 'With your own password the server also wants a code from an e-mail.',
    next: 'Use an app password instead.',
  },
  AccountTakedown: closed,
  AccountSuspended: closed,
  AccountDeactivated: closed,
  RepoTakendown: closed,
  RepoSuspended: closed,
  RepoDeactivated: closed,
  RepoNotFound: { what: 'The server does not hold this account.', next: 'Check handle and server.' },
  RecordNotFound: gone,
  Forbidden: { what: 'The server does not allow this.', next: 'Look there whether the account is limited.' },
  ScopeMissingError: missing,
  insufficient_scope: missing,
  BadTokenScope: missing,
  RateLimitExceeded: { what: 'The network asks for a rest.', next: again },
  BlobTooLarge: notFile,
  BlobNotFound: notFile,
  PayloadTooLarge: notFile,
  InvalidMimeType: notFile,
  InvalidRequest: { what: 'The server did not understand what was entered.', next: 'Check it for typing mistakes.' },
  InvalidRecord: notPost,
  InvalidSwap: notPost,
  UpstreamFailure: busy,
  UpstreamTimeout: busy,
  NotEnoughResources: busy,
  InternalServerError: busy,
  InternalError: busy,
  MethodNotImplemented: busy,
  XRPCNotSupported: busy,
  NotImplemented: busy,
  // OAuth 2
  access_denied: {
    what: 'The sign-in was declined at the network.',
    next: 'Try again, and allow what Longrun asks for.',
  },
  invalid_grant: signIn,
  invalid_client: signIn,
  unauthorized_client: signIn,
  invalid_scope: missing,
  login_required: signIn,
  consent_required: { what: 'The network was not allowed to let Longrun in.', next: 'Try again, and allow it there.' },
  temporarily_unavailable: busy,
  // Blogs
  incorrect_password: wrongPassword,
  application_passwords_disabled: {
    what: 'Application passwords are switched off on this site.',
    next: 'Allow them there.',
  },
  application_passwords_disabled_for_user: {
    what: 'This person may not use application passwords.',
    next: 'Allow it there, or use somebody else.',
  },
  invalid_username: { what: 'The site does not know this user name.', next: 'Use the name that you sign in with.' },
  invalid_email: { what: 'The site does not know this e-mail address.', next: 'Use the name that you sign in with.' },
  rest_not_logged_in: refused,
  rest_forbidden_status: refused,
  rest_cannot_publish: {
    what: 'This person may not publish on the site.',
    next: 'Give them the role Author or higher.',
  },
  rest_cannot_assign_term: {
    what: 'This person may not set tags on the site.',
    next: 'Give them the right to, or post without tags.',
  },
  rest_post_invalid_id: gone,
  rest_comment_invalid_post_id: gone,
  rest_already_trashed: gone,
  rest_trash_not_supported: notPost,
  rest_invalid_param: notPost,
  rest_missing_callback_param: notPost,
  empty_content: notPost,
  db_insert_error: notPost,
  db_update_error: notPost,
  term_exists: notPost,
  rest_upload_sideload_error: notFile,
  rest_upload_unknown_error: notFile,
  rest_upload_file_too_big: notFile,
  rest_upload_no_data: notFile,
  rest_upload_limited_space: space,
  rest_upload_user_quota_exceeded: space,
  ValidationError: notPost,
  BadRequestError: notPost,
  DataImportError: notPost,
  RequestEntityTooLargeError: notFile,
  UnsupportedMediaTypeError: notFile,
  UpdateCollisionError: { what: 'Somebody else changed the article at the same time.', next: thePost },
  NoPermissionError: { what: 'The key may not do this.', next: 'Use the key of a custom integration.' },
  HostLimitError: { what: 'The plan of the site does not include this.', next: 'Look at the site’s plan.' },
  DisabledFeatureError: { what: 'The site has this switched off.', next: 'Switch it on there.' },
  UnauthorizedError: wrongKey,
  INVALID_JWT: wrongKey,
  UNKNOWN_ADMIN_API_KEY: wrongKey,
  MISSING_ADMIN_API_KEY: wrongKey,
  NotFoundError: gone,
  TooManyRequestsError: { what: 'The site asks for a rest.', next: again },
  MaintenanceError: { what: 'The site is being maintained.', next: again },
  RequestNotAcceptableError: { what: 'The site speaks another version than Longrun.', next: 'Update the site.' },
  VersionMismatchError: { what: 'The site speaks another version than Longrun.', next: 'Update the site.' },
}
