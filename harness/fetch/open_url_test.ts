import assert from "node:assert/strict";
import { readDownloads, urlsOf } from "../../datasets/downloads.ts";
import { checkPlace, openUrl } from "./open_url.ts";
import { FileServer } from "./testdata/file_server.ts";
import { someBytes } from "./testdata/pin_of.ts";
import { RefusedError } from "./transfer_error.ts";

const signal = new AbortController().signal;

const open = (url: string, hosts: string[]) => openUrl(url, hosts, {}, signal);

function refuses(url: string, hosts: string[], message: RegExp): Promise<void> {
  return assert.rejects(
    open(url, hosts),
    (error) => error instanceof RefusedError && message.test(error.message),
  );
}

async function redirecting(location: (base: string) => string, body: (url: string) => unknown) {
  await using server = new FileServer();
  server.files.set("file", { bytes: someBytes(10) });
  const from = { bytes: someBytes(0), status: Array.from({ length: 9 }, () => 302) };
  server.files.set("from", { ...from, location: location(server.base) });
  await body(`${server.base}from`);
}

Deno.test("openUrl() follows a redirect to a named host", () =>
  redirecting((base) => `${base}file`, async (url) => {
    const response = await open(url, ["127.0.0.1"]);
    assert.deepEqual(new Uint8Array(await response.arrayBuffer()), someBytes(10));
  }));

Deno.test("openUrl() follows a relative redirect", () =>
  redirecting(() => "/file", async (url) => {
    const response = await open(url, ["127.0.0.1"]);
    assert.equal((await response.arrayBuffer()).byteLength, 10);
  }));

Deno.test("openUrl() refuses a redirect to a host that is not named", () =>
  redirecting(
    (base) => base.replace("127.0.0.1", "localhost"),
    (url) => refuses(url, ["127.0.0.1"], /leads to localhost, wanted one of the hosts/),
  ));

Deno.test("openUrl() refuses plain http to another machine", async () => {
  await refuses("http://example.com/x", ["example.com"], /leads to http:\/\/example\.com, wanted/);
  await redirecting(
    () => "http://example.com/x",
    (url) => refuses(url, ["127.0.0.1", "example.com"], /leads to http:\/\/example\.com/),
  );
});

Deno.test("openUrl() refuses other schemes", () =>
  redirecting(
    () => "file:///etc/hostname",
    (url) => refuses(url, ["127.0.0.1", ""], /leads to file:/),
  ));

Deno.test("checkPlace() takes a name below a suffix and nothing that only ends like it", () => {
  const check = (url: string) => checkPlace(new URL(url), ["*.example.org", "exact.org"]);
  check("https://a.example.org/x");
  check("https://a.b.example.org/x");
  check("https://exact.org/x");
  for (const host of ["badexample.org", "example.org", "a.exact.org", "example.org.evil.net"]) {
    assert.throws(() => check(`https://${host}/x`), RefusedError, host);
  }
});

Deno.test("checkPlace() takes every address in downloads.json", () => {
  const downloads = readDownloads();
  const pins = Object.values(downloads.downloads).flatMap(({ networks, imagenette, archives }) => [
    ...networks,
    ...archives,
    ...(imagenette ? [imagenette] : []),
  ]);
  assert.ok(pins.length > 2);
  for (const pin of pins) {
    const urls = urlsOf(downloads, pin).map((url) => new URL(url));
    assert.ok(urls.length > 0);
    for (const url of urls) {
      assert.equal(url.protocol, "https:");
      checkPlace(url, downloads.hosts);
      assert.ok(url.pathname.endsWith(pin.path));
    }
  }
});

Deno.test("openUrl() refuses an endless chain of redirects", () =>
  redirecting((base) => `${base}from`, (url) => refuses(url, ["127.0.0.1"], /more than 5/)));
