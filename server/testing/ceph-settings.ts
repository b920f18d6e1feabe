/** Where a small Ceph lies and listens. */
export interface CephPlace {
  readonly folder: string;
  readonly monitorPort: number;
  readonly gatewayPort: number;
  /** `memory` is quick and forgets with its process; `disk` is for what does not fit in there. */
  readonly keepsIn: 'memory' | 'disk';
}

/** How much it may keep. On a disk the file has holes: it takes what is really written. */
const roomBytes = { memory: 2 ** 30, disk: 2 ** 35 };

/** `ceph.conf` of a cluster of one: one copy of everything, no passwords inside, nothing outside of its folder. */
export function cephSettings({ folder, monitorPort, gatewayPort, keepsIn }: CephPlace): string {
  return inIni({
    global: {
      auth_cluster_required: 'none',
      auth_service_required: 'none',
      auth_client_required: 'none',
      osd_pool_default_size: 1,
      osd_pool_default_min_size: 1,
      osd_pool_default_pg_num: 1,
      osd_pool_default_pgp_num: 1,
      mon_allow_pool_size_one: true,
      mon_max_pg_per_osd: 1000,
      osd_crush_chooseleaf_type: 0,
      osd_objectstore: keepsIn === 'memory' ? 'memstore' : 'bluestore',
      memstore_device_bytes: roomBytes.memory,
      bluestore_block_size: roomBytes.disk,
      ms_bind_msgr1: false,
      public_addr: '127.0.0.1',
      mon_host: `v2:127.0.0.1:${monitorPort}`,
      // A cluster of one has nobody to wait for.
      paxos_propose_interval: 0.05,
      paxos_min_wait: 0.01,
      run_dir: folder,
      log_to_file: false,
      log_to_stderr: true,
      err_to_stderr: true,
    },
    'mon.a': { mon_data: `${folder}/mon`, public_addr: `v2:127.0.0.1:${monitorPort}` },
    osd: { osd_data: `${folder}/osd`, osd_class_load_list: '*', osd_class_default_list: '*' },
    'client.rgw': {
      ms_mon_client_mode: 'crc secure',
      rgw_data: `${folder}/rgw`,
      rgw_frontends: `beast endpoint=127.0.0.1:${gatewayPort}`,
      rgw_dns_name: 'localhost',
      rgw_lc_debug_interval: -1,
      // Otherwise one that was killed is waited for by its successor, for half a minute.
      rgw_cache_enabled: false,
    },
  });
}

function inIni(sections: Record<string, Record<string, string | number | boolean>>): string {
  const settings = (of: object) => Object.entries(of).map(([name, value]) => `${name} = ${value}\n`).join('');
  return Object.entries(sections).map(([name, of]) => `[${name}]\n${settings(of)}`).join('');
}
