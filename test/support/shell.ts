/** Runs a script as a person would paste it. */
import { spawn } from 'node:child_process'

/** What it printed; rejects with what it complained about when it fails. Not synchronous: the servers it asks may be in this process. */
export function runShell(script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('bash', ['-eu', '-c', script], { stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    let complaints = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      complaints += chunk
    })
    child.once('error', reject)
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`ended with ${code}: ${complaints}`)),
    )
  })
}
