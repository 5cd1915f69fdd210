/** The closed list of NetSuite's own codes: they say the same in every language, but each only with its statuses and where it belongs. */
import type { Applied, FailureCode } from '../../errors.ts'

/** Where an answer comes from: the record service and queries, or a script of the account. */
export type Level = 'record' | 'restlet'

export interface CodeRow {
  readonly code: FailureCode
  readonly applied: Applied
  readonly statuses: readonly number[]
  readonly levels: readonly Level[]
  readonly paths?: readonly string[]
  readonly login?: 'refused' | 'ended'
}

const RECORD: readonly Level[] = ['record']
const ANYWHERE: readonly Level[] = ['record', 'restlet']

const all = (names: string, row: CodeRow): Record<string, CodeRow> =>
  Object.fromEntries(names.split(' ').map((name) => [name, row]))
const said = (code: FailureCode, statuses: readonly number[], paths: readonly string[] = []): CodeRow => ({
  code,
  applied: 'no',
  statuses,
  levels: RECORD,
  paths,
})
/** A script broke off, or the save went on to something that failed: what was saved before is saved. */
const brokenOff = (code: FailureCode): CodeRow => ({ code, applied: 'unknown', statuses: [400], levels: ANYWHERE })

/** From Oracle help section_N3539978 where nothing else is said; their statuses by REST are uncertain. */
export const CODES: Readonly<Record<string, CodeRow>> = {
  // Before anything was begun: Oracle help section_156570709583, subsect_156935170194 (logins), bridgehead_1509974866 (limits).
  ...all('INVALID_LOGIN INVALID_LOGIN_ATTEMPT SESSION_TIMED_OUT INVALID_SESSION', {
    ...{ code: 'provider_refused', applied: 'no', statuses: [401, 403], levels: ANYWHERE, login: 'ended' },
  }),
  ...all('INVALID_LOGIN_CREDENTIALS INVALID_LOGIN_IP LOGIN_DISABLED USER_DISABLED ACCT_DISABLED PSWD_EXPIRED', {
    ...{ code: 'provider_refused', applied: 'no', statuses: [401, 403], levels: ANYWHERE, login: 'refused' },
  }),
  ...all(
    'CONCURRENCY_LIMIT_EXCEEDED SSS_REQUEST_LIMIT_EXCEEDED WS_REQUEST_BLOCKED EXCEEDED_MAX_CONCUR_RQST WS_CONCUR_SESSION_DISALLWD',
    { code: 'rate_limited', applied: 'no', statuses: [400, 403, 429], levels: ANYWHERE },
  ),
  // A script that is not there, or not deployed for our role.
  SSS_INVALID_SCRIPTLET_ID: { ...said('provider_permission', [400, 403, 404]), levels: ANYWHERE },
  ...all(
    'INSUFFICIENT_PERMISSION PERMISSION_VIOLATION INSUFFICIENT_FLD_PERMISSION',
    said('provider_permission', [400, 403]),
  ),
  // Only the gateway writes queries: what the account does not have, or the role may not see, is answered with this.
  INVALID_PARAMETER: said('provider_permission', [400]),
  NONEXISTENT_ID: said('not_found', [404]),
  ...all('RCRD_DSNT_EXIST RCRD_PREVSLY_DELETED RCRD_DELETED_SINCE_RETRIEVED', said('not_found', [400, 404])),
  ...all('UNIQUE_CUST_ID_REQD DUP_ENTITY', said('conflict', [400, 409], ['entityId', 'externalId'])),
  UNIQUE_CUST_EMAIL_REQD: said('conflict', [400, 409], ['email']),
  ...all('DUP_RCRD UNIQUE_RCRD_ID_REQD', said('conflict', [400, 409], ['externalId'])),
  ...all('INVALID_KEY_OR_REF INVALID_RCRD_REF INVALID_REF_KEY', said('invalid_reference', [400])),
  ...all('FIELD_REQUIRED FIELD_REQD MISSING_REQD_FLD', said('field_required', [400])),
  ...all('RCRD_HAS_BEEN_CHANGED RCRD_EDITED_SINCE_RETRIEVED ACCT_TEMP_UNAVAILABLE', said('provider_busy', [400, 409])),
  RCRD_LOCKED_BY_WF: said('not_changeable', [400]),
  ...all(
    'CLOSED_TRAN_PRD TRAN_PERIOD_CLOSED TRAN_PRD_CLOSED VALID_PRD_REQD',
    said('period_closed', [400], ['tranDate']),
  ),
  ...all('FEATURE_DISABLED FEATURE_UNAVAILABLE', said('not_supported', [400])),
  ...all('UNEXPECTED_ERROR JS_EXCEPTION', { ...brokenOff('provider_failed'), statuses: [400, 500] }),
  ...all(
    'SSS_TIME_LIMIT_EXCEEDED SSS_USAGE_LIMIT_EXCEEDED SSS_INSTRUCTION_COUNT_EXCEEDED SSS_MEMORY_USAGE_EXCEEDED WF_EXEC_USAGE_LIMIT_EXCEEDED',
    brokenOff('provider_failed'),
  ),
  // Their words say that the record was saved before.
  ...all('ERROR_SENDING_TRAN_EMAIL DROP_SHIP_ERROR', brokenOff('provider_failed')),
  EXCEEDED_MAX_TIME: brokenOff('provider_timeout'),
}

/** Codes under which the platform's own checks speak. Under any other, and under none, a script may have said it after the save. */
const CHECKS: ReadonlySet<string> = new Set(
  `USER_ERROR INVALID_CONTENT INVALID_VALUE INVALID_REQUEST INVALID_FLD_VALUE FIELD_PARAM_REQD DATA_REQD CSTM_FIELD_VALUE_REQD
   FIRST_LAST_NAMES_REQD DEFAULT_CUR_REQD EXTERNALID_REQD AT_LEAST_ONE_SUB_REQD ADDRESS_LINE_1_REQD CITY_REQD STATE_REQD INVALID_EMAIL
   EXCEEDED_MAX_FIELD_LENGTH INVALID_ENTITY_STATUS INVALID_CUR UNKNWN_EXCHANGE_RATE COUNTRY_STATE_MISMATCH INVALID_TAX_CODE_FOR_SUB
   MATCHING_CUR_SUB_REQD INVALID_INTERNALID CANT_FIND_RCRD MISSING_ENUM EXTERNALID_NOT_SUPPORTED INVALID_CSTM_FIELD_REF
   INVALID_FIELD_FOR_RCRD_TYP UNDEFINED_CSTM_FIELD INVALID_ID DUP_ENTITY_EMAIL DUP_ENTITY_NAME DUP_NAME CANT_CREATE_NON_UNIQUE_RCRD
   DATA_MUST_BE_UNIQUE DUPLICATE_KEYS INVALID_TRANS_TYP TRANS_DSNT_EXIST TRANSACTION_DELETED TIMEOUT_THE_RECORD_DOESNT_EXIST_ANYMORE
   THIS_RECORD_CANNOT_BE_DELETED_BECAUSE_IT_HAS_DEPENDENT_RECORDS CANT_DELETE_CHILD_RCRDS_EXIST CANT_DELETE_CHILD_RCRD_FOUND CANT_DELETE_RCRD
   CANT_DELETE_CUSTOMER CANT_DELETE_COMPANY CANT_DELETE_ENTITY CANT_DELETE_CUST RCRD_UNEDITABLE UPDATE_DISALLWD CANT_MODIFY_PARENT
   CANT_MODIFY_SUB CANT_REMOVE_SUB INVALID_OPERATION INVALID_RCRD_TRANSFRM FORM_SETUP_REQD WS_PERMISSION_REQD ACCT_PRDS_BEING_ADDED
   CONCUR_MASS_UPDATE_DISALLWD FILE_UPLOAD_IN_PROGRESS OTHER_PMT_AUTH_IN_PROGRESS MUST_RESUBMIT_RCRD INVALID_LINK_SUM INVALID_AMT
   TRANS_APPLIED_AMTS_UNBALNCD TRANS_LINES_UNBALNCD TRANS_LINE_AND_PMT_UNBALNCD VALID_LINE_ITEM_REQD INVALID_AUTOAPPLY_VALUE
   NEGATIVE_PAYMENT_DISALLWD TRANS_UNBALNCD MISMATCHED_CURRENCY TRANS_FORGN_CRNCY_MISMATCH MISSING_CRNCY_EXCH_RATE INVALID_CRNCY_EXCH_RATE
   PMT_ALREADY_EXISTS TRAN_DATE_REQD TRANS_EDIT_DISALLWD DATE_PRD_MISMATCH INVALID_TRANSACTIO_DATE INVALID_TRANSACTION_DATE INVALID_SUB
   INVALID_TRANS_SUB_ACCT INVALID_TRANS_SUB_CLASS INVALID_TRANS_SUB_DEPT INVALID_TRANS_SUB_LOC INVALID_TRANS_SUB_ENTITY INVALID_ACCT_TYP
   INVALID_INITIALIZE_REF INVALID_CUSTOMER_RCRD CANT_APPLY_PMT TRANS_IN_USE CANT_DELETE_TRANS CANT_VOID_TRANS CANT_EDIT_CUST_PMT
   CANT_MODIFY_VOID_TRANS CANT_DEL_REALIZED_GAINLOSS TRANS_ALREADY_VOIDED TRANS_ALREADY_REFUNDED CANT_EDIT_TRAN CANT_UPDATE_LINKED_TRANS_LINES`.split(
    /\s+/,
  ),
)

export const isPlatformCheck = (code: string | null): boolean =>
  code !== null && (CHECKS.has(code) || CODES[code]?.applied === 'no')
