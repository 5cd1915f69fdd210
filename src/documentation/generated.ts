/** The files of openapi/ as they follow from the code. */
import { buildApp } from '../app.ts'
import { DEFAULT_INTENTS, DEFAULT_LIMITS } from '../config.ts'
import { createLogger } from '../logging.ts'
import { PROVIDERS } from '../providers/index.ts'
import { openStore } from '../store/open.ts'
import type { Document } from './document.ts'
import { failuresPage, fieldsPage } from './tables.ts'

const ERP_TAGS = ['customers', 'payments', 'invoices']

/** By path. The same code gives the same text, byte for byte. */
export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  const document = await readDocument()
  const operations = Object.values(document.paths)
    .flatMap((item) => Object.values(item))
    .filter((operation) => ERP_TAGS.includes((operation['tags'] as string[])[0] ?? ''))
    .map((operation) => operation.operationId)
  return {
    'openapi/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
    'openapi/failures.md': failuresPage(),
    'openapi/fields.md': fieldsPage(PROVIDERS, operations),
  }
}

/** The document of an app without connections: it is the same for all. */
async function readDocument(): Promise<Document> {
  const config = {
    connections: [],
    defaultConnection: null,
    callers: [],
    limits: DEFAULT_LIMITS,
    intents: DEFAULT_INTENTS,
  }
  const app = await buildApp({ config, store: await openStore('sqlite::memory:'), log: createLogger('silent') })
  try {
    await app.ready()
    return app.swagger() as unknown as Document
  } finally {
    await app.close()
  }
}
