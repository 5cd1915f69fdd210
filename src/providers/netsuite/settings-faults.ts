/** What is wrong with settings that their schema cannot tell; found out at the start, not by the first call. */
import { insecureFaults } from '../../wire/insecure.ts'
import { keyFaults } from './private-key.ts'
import { baseUrlOf, type Settings } from './settings.ts'

/** By dotted path; never a value. */
export function settingsFaults(settings: Settings): string[] {
  const { auth, void: voids } = settings
  const restlet = typeof voids === 'object' ? voids.restlet : undefined
  return [
    ...insecureFaults({ baseUrl: baseUrlOf(settings), 'void.restlet': restlet }, settings),
    ...(auth.type === 'oauth2' ? keyFaults(auth) : []),
  ]
}
