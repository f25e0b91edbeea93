// The program behind startPds: PDS and PLC in one process. Call: node pds-program.ts DEV-ENV-MODULE PDS-PORT PLC-PORT

type Network = { close(): Promise<void>; pds: unknown }
type DevEnv = {
  TestNetworkNoAppView: { create(params: { pds: object; plc: object }): Promise<Network> }
  mockMailer(pds: unknown): void
}

const [devEnvModule = '', port, plcPort] = process.argv.slice(2)
const devEnv = (await import(devEnvModule)) as DevEnv
const network = await devEnv.TestNetworkNoAppView.create({
  plc: { port: Number(plcPort) },
  pds: { port: Number(port), hostname: 'localhost', enableDidDocWithSession: true },
})
devEnv.mockMailer(network.pds)
process.once('SIGTERM', () => void network.close().finally(() => process.exit(0)))
