/** Loaded before a measured process's own code: tells its parent what it has used, when asked. */
import type { Usage } from './messages.ts'

process.on('message', (message) => {
  if (message !== 'usage') return
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() } satisfies Usage)
})
// Nobody is left to measure it or to end it.
process.on('disconnect', () => process.exit(1))
// The question must not keep a process alive that wants to end.
process.channel?.unref()
