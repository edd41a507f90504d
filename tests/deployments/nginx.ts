import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const template = readFileSync(join(import.meta.dirname, '../../docker/nginx.conf.template'), 'utf8')
const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']

/**
 * Configures nginx in front of some servers, with what the image has.
 * @param folder everything that it writes
 * @param servers host and port of each
 * @returns its parameters
 */
export function configureNginx(folder: string, servers: string[], port: number): string[] {
  const variables: Record<string, string> = {
    API_SERVERS: servers.map(server => `server ${server};`).join(' '),
    PROXY_LISTEN: `127.0.0.1:${port}`,
  }
  writeFileSync(join(folder, 'nginx.conf'), `
daemon off;
pid nginx.pid;
error_log stderr;
events { worker_connections 4096; }
http {
  ${temporary.map(name => `${name}_temp_path ${name};`).join(' ')}
  ${template.replace(/\$\{(\w+)\}/g, (_, name: string) => variables[name]!)}
}
`)
  return ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr']
}
