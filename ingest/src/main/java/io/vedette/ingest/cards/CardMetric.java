package io.vedette.ingest.cards;

/** What is read of a card, called and measured as NVIDIA's DCGM exporter does. */
public enum CardMetric {
    GPU_UTIL("GPU utilization (in %)."),
    MEM_COPY_UTIL("Memory utilization (in %)."),
    FB_TOTAL("Total framebuffer memory (in MiB)."),
    FB_USED("Framebuffer memory used (in MiB)."),
    FB_FREE("Framebuffer memory free (in MiB)."),
    FB_RESERVED("Framebuffer memory reserved (in MiB)."),
    GPU_TEMP("GPU temperature (in C)."),
    SLOWDOWN_TEMP("Temperature at which the GPU slows down (in C)."),
    SHUTDOWN_TEMP("Temperature at which the GPU shuts down (in C)."),
    POWER_USAGE("Power draw (in W)."),
    POWER_MGMT_LIMIT("Power limit (in W)."),
    SM_CLOCK("SM clock frequency (in MHz)."),
    MEM_CLOCK("Memory clock frequency (in MHz)."),
    MAX_SM_CLOCK("Highest SM clock frequency (in MHz)."),
    MAX_MEM_CLOCK("Highest memory clock frequency (in MHz)."),
    CLOCKS_EVENT_REASONS("Why clocks are lowered (bit mask)."),
    PCIE_TX_THROUGHPUT("PCIe throughput out of the GPU (in KB/s)."),
    PCIE_RX_THROUGHPUT("PCIe throughput into the GPU (in KB/s)."),
    PCIE_LINK_GEN("PCIe generation now."),
    PCIE_LINK_WIDTH("PCIe lanes now."),
    ECC_SBE_VOL_TOTAL("Corrected memory errors since the driver was loaded.", true),
    ECC_DBE_VOL_TOTAL("Uncorrected memory errors since the driver was loaded.", true),
    CORRECTABLE_REMAPPED_ROWS("Memory rows remapped for correctable errors.", true),
    UNCORRECTABLE_REMAPPED_ROWS("Memory rows remapped for uncorrectable errors.", true),
    ROW_REMAP_PENDING("Whether rows wait for a reset to be remapped."),
    ROW_REMAP_FAILURE("Whether remapping of rows has failed."),
    NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL("NVLink flow control CRC errors.", true),
    NVLINK_CRC_DATA_ERROR_COUNT_TOTAL("NVLink data CRC errors.", true),
    NVLINK_REPLAY_ERROR_COUNT_TOTAL("NVLink replays.", true),
    NVLINK_RECOVERY_ERROR_COUNT_TOTAL("NVLink recoveries.", true);

    private final String help;
    private final boolean counter;

    CardMetric(String help) {
        this(help, false);
    }

    CardMetric(String help, boolean counter) {
        this.help = help;
        this.counter = counter;
    }

    /** Its name in an exposition. */
    public String exposedName() {
        return "DCGM_FI_DEV_" + name();
    }

    /** In words, with its unit. */
    public String help() {
        return help;
    }

    /** Whether it only grows, until the driver is loaded anew. */
    public boolean isCounter() {
        return counter;
    }
}
