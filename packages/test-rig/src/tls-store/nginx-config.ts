/** Of one server: where it listens, and with which files. */
export interface TlsPlace {
  readonly port: number;
  readonly key: string;
  readonly cert: string;
}

/**
 * An nginx in the foreground that hands each request on to the store, its `Host` included, which the signature covers.
 *
 * @param folder for all that it writes
 * @param store origin, without TLS
 */
export function nginxConfig(folder: string, store: string, places: readonly TlsPlace[]): string {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `  ${name}_temp_path ${folder}/${name};\n`)
    .join("");
  return `daemon off;
user root;
pid ${folder}/nginx.pid;
error_log ${folder}/nginx.log;
worker_processes 1;
events { worker_connections 256; }
http {
  access_log off;
  client_max_body_size 0;
${temporary}${places.map((place) => serverOf(place, store)).join("")}}
`;
}

function serverOf({ port, key, cert }: TlsPlace, store: string): string {
  return `  server {
    listen 127.0.0.1:${port} ssl;
    ssl_certificate ${cert};
    ssl_certificate_key ${key};
    location / {
      proxy_pass ${store};
      proxy_http_version 1.1;
      proxy_request_buffering off;
      proxy_buffering off;
      proxy_set_header Host $http_host;
      proxy_set_header Connection "";
    }
  }
`;
}
