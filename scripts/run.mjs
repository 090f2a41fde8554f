import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const dataRoot = process.env.JIEYOU_DATA ?? join(root, '.data');
mkdirSync(dataRoot, { recursive: true });

const running = new Set();
let stopping = false;

/** True once a stop was asked for: no further step may begin. */
export const isStopping = () => stopping;

function stop(signal, code) {
  process.exitCode = code;
  stopping = true;
  for (const child of running) child.kill(signal);
}
process.on('SIGINT', () => stop('SIGINT', 130));
process.on('SIGTERM', () => stop('SIGTERM', 143));
process.on('SIGHUP', () => stop('SIGTERM', 129));
// The launcher was killed: its children must not live on.
process.on('disconnect', () => stop('SIGTERM', 143));
// The channel to the launcher is a lifeline only and must not keep us alive.
process.channel?.unref();

/** Runs a program to its end. With `quiet` its output is collected instead of shown. */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd: root, stdio, ...options });
    running.add(child);
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr?.setEncoding('utf8').on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', (error) => {
      running.delete(child);
      resolve({ code: 1, stdout, stderr: stderr + error.message });
    });
    child.on('close', (code) => {
      running.delete(child);
      resolve({ code: code ?? 1, stdout, stderr });
    });
  });
}

/** A program under this very Node, by its path in the repository. */
export const runNode = (path, args, options) => run(process.execPath, [join(root, path), ...args], options);
