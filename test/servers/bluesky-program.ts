// The program behind startBluesky: PDS, PLC and AppView in one process. Call: node bluesky-program.ts DEV-ENV-MODULE PORTS…

type Network = { close(): Promise<void>; pds: unknown }
type DevEnv = {
  TestNetwork: { create(params: { plc: object; pds: object; bsky: object; ozone: object }): Promise<Network> }
  mockMailer(pds: unknown): void
}

const [devEnvModule = '', pds, plc, bsky, ozone] = process.argv.slice(2)
const devEnv = (await import(devEnvModule)) as DevEnv
const network = await devEnv.TestNetwork.create({
  plc: { port: Number(plc) },
  pds: { port: Number(pds), hostname: 'localhost', enableDidDocWithSession: true },
  bsky: { port: Number(bsky), publicUrl: `http://localhost:${bsky}`, dbPostgresSchema: 'bsky' },
  ozone: { port: Number(ozone), chatUrl: 'http://localhost:9', chatDid: 'did:example:chat' },
})
devEnv.mockMailer(network.pds)
process.once('SIGTERM', () => void network.close().finally(() => process.exit(0)))
