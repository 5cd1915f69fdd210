/** Which e-mail templates a customer gets instead of the usual ones. */
import { type Static, Type } from 'typebox'
import { listOf, text, Warning } from './common.ts'
import { Constant, Nullable, Ref, Strict } from './kit.ts'
import { CustomerReference } from './payment.ts'

const templateFields = {
  template: text(200, 'The name of the e-mail template.', 'ARInvEmailTemplate'),
  documentType: Type.Optional(
    Nullable(text(200, 'The transaction definition that it is for; all where it is empty.', 'Sales Invoice')),
  ),
}

export const CustomerEmailTemplate = Strict(
  {
    id: Type.Optional(
      Nullable(
        Type.String({
          minLength: 1,
          maxLength: 400,
          description: 'The selection (`emt_…`); in a write the one that changes.',
        }),
      ),
    ),
    ...templateFields,
  },
  { $id: 'CustomerEmailTemplate', description: 'An e-mail template that was chosen for a customer.' },
)
export type CustomerEmailTemplate = Static<typeof CustomerEmailTemplate>

export const EmailTemplate = Strict(
  {
    object: Constant('email-template', { description: 'What it is.' }),
    id: Type.String({ description: '`emt_<connection>_<native id>`', examples: ['emt_intacct_170'] }),
    connection: Type.String({ description: 'The connection that has it.', examples: ['intacct'] }),
    provider: Type.String({ description: 'The kind of ERP.', examples: ['intacct'] }),
    nativeId: Type.String({ description: "The ERP's own id.", examples: ['170'] }),
    customer: Type.Optional(Nullable(CustomerReference)),
    template: Type.Optional(Nullable(templateFields.template)),
    documentType: templateFields.documentType,
    raw: Type.Optional(Type.Unknown({ description: 'The untouched ERP record, with `include=raw`.' })),
    warnings: Type.Optional(Type.Array(Ref(Warning), { description: 'What could not be read of it.' })),
  },
  { $id: 'EmailTemplate', description: 'An e-mail template that was chosen for a customer.' },
)
export type EmailTemplate = Static<typeof EmailTemplate>

/** A selection before the gateway gave it an id: native ids everywhere. */
export type EmailTemplateRecord = Omit<
  EmailTemplate,
  'object' | 'id' | 'connection' | 'provider' | 'nativeId' | 'raw' | 'warnings'
>

export const EmailTemplateList = listOf('EmailTemplateList', EmailTemplate, 'A page of e-mail templates.')

export const EmailTemplateSet = Strict(
  {
    data: Type.Array(Ref(CustomerEmailTemplate), {
      maxItems: 200,
      description: 'With an id one changes, without it one is added; none may be left out.',
    }),
  },
  { $id: 'EmailTemplateSet', description: 'All e-mail templates of a customer, as they shall be.' },
)
export type EmailTemplateSet = Static<typeof EmailTemplateSet>

export const CustomerEmailTemplates = Strict(
  {
    object: Constant('list', { description: 'What it is.' }),
    data: Type.Array(Ref(EmailTemplate), { description: 'All of them.' }),
    warnings: Type.Optional(Type.Array(Ref(Warning), { description: 'What could not be read, and is left out.' })),
  },
  { $id: 'CustomerEmailTemplates', description: 'The e-mail templates that were chosen for a customer.' },
)
export type CustomerEmailTemplates = Static<typeof CustomerEmailTemplates>

export const emailTemplateSchemas = [
  CustomerEmailTemplate,
  EmailTemplate,
  EmailTemplateList,
  EmailTemplateSet,
  CustomerEmailTemplates,
]
