package io.vedette.ingest.nvml;

import io.vedette.ingest.cards.CardId;
import io.vedette.ingest.cards.CardMetric;
import io.vedette.ingest.cards.CardProcess;
import io.vedette.ingest.cards.CardReading;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.bytedeco.cuda.global.nvml;
import org.bytedeco.cuda.nvml.nvmlDevice_st;
import org.bytedeco.cuda.nvml.nvmlFieldValue_t;

/** One card or MIG instance as NVML knows it. Used by one thread. */
final class NvmlCard {
    private static final double MEBIBYTE = 1 << 20;
    private static final double MILLIWATTS_PER_WATT = 1000;
    /** {@code nvmlMemory_v2}: the structure's size, and its version in the highest byte. */
    private static final int MEMORY_V2 = 40 | 2 << 24;
    /** {@code nvmlTemperature_v1}. */
    private static final int TEMPERATURE_V1 = 12 | 1 << 24;

    private static final List<CardMetric> FIELD_METRICS = List.of(
            CardMetric.NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL,
            CardMetric.NVLINK_CRC_DATA_ERROR_COUNT_TOTAL,
            CardMetric.NVLINK_REPLAY_ERROR_COUNT_TOTAL,
            CardMetric.NVLINK_RECOVERY_ERROR_COUNT_TOTAL);
    private static final int[] FIELDS = {
        nvml.NVML_FI_DEV_NVLINK_CRC_FLIT_ERROR_COUNT_TOTAL,
        nvml.NVML_FI_DEV_NVLINK_CRC_DATA_ERROR_COUNT_TOTAL,
        nvml.NVML_FI_DEV_NVLINK_REPLAY_ERROR_COUNT_TOTAL,
        nvml.NVML_FI_DEV_NVLINK_RECOVERY_ERROR_COUNT_TOTAL
    };

    private final NvmlCalls calls;
    private final NvmlValues values;
    private final nvmlDevice_st handle;
    private final CardId id;
    /** What never changes of a card is asked for once. */
    private final Map<CardMetric, Double> lasting = new EnumMap<>(CardMetric.class);

    private final Map<CardMetric, Double> pcie = new EnumMap<>(CardMetric.class);
    private boolean lost;

    /** A function that writes one number. */
    @FunctionalInterface
    private interface Query {
        int ask();
    }

    NvmlCard(NvmlCalls calls, NvmlValues values, nvmlDevice_st handle, CardId id) {
        this.calls = calls;
        this.values = values;
        this.handle = handle;
        this.id = id;
    }

    CardId id() {
        return id;
    }

    nvmlDevice_st handle() {
        return handle;
    }

    /** Whether the card has fallen off the bus since it was found. */
    boolean isLost() {
        return lost;
    }

    private boolean succeeds(String function, Query query) {
        if (lost) {
            return false;
        }
        NvmlCode code = calls.call(function, query::ask);
        lost = code.isLoss();
        return code == NvmlCode.SUCCESS;
    }

    private void put(Map<CardMetric, Double> into, CardMetric metric, double divisor, String function, Query query) {
        if (succeeds(function, query)) {
            OptionalLong value = values.unsigned(0);
            if (value.isPresent()) {
                into.put(metric, value.getAsLong() / divisor);
            }
        }
    }

    /** Reads what does not change while the driver stays loaded. */
    void readLasting() {
        var number = values.ints[0];
        put(
                lasting,
                CardMetric.SLOWDOWN_TEMP,
                1,
                "nvmlDeviceGetTemperatureThreshold",
                () -> nvml.nvmlDeviceGetTemperatureThreshold(handle, nvml.NVML_TEMPERATURE_THRESHOLD_SLOWDOWN, number));
        put(
                lasting,
                CardMetric.SHUTDOWN_TEMP,
                1,
                "nvmlDeviceGetTemperatureThreshold",
                () -> nvml.nvmlDeviceGetTemperatureThreshold(handle, nvml.NVML_TEMPERATURE_THRESHOLD_SHUTDOWN, number));
        put(
                lasting,
                CardMetric.MAX_SM_CLOCK,
                1,
                "nvmlDeviceGetMaxClockInfo",
                () -> nvml.nvmlDeviceGetMaxClockInfo(handle, nvml.NVML_CLOCK_SM, number));
        put(
                lasting,
                CardMetric.MAX_MEM_CLOCK,
                1,
                "nvmlDeviceGetMaxClockInfo",
                () -> nvml.nvmlDeviceGetMaxClockInfo(handle, nvml.NVML_CLOCK_MEM, number));
    }

    /** Everything of a whole card but its PCIe throughput, which is as it was asked for last. */
    CardReading read() {
        Map<CardMetric, Double> now = new EnumMap<>(lasting);
        now.putAll(pcie);
        readMemory(now);
        readLoad(now);
        readHealth(now);
        readFields(now);
        return new CardReading(id, now, processes());
    }

    /** What a MIG instance has of its own. */
    CardReading readInstance() {
        Map<CardMetric, Double> now = new EnumMap<>(CardMetric.class);
        readMemory(now);
        return new CardReading(id, now, processes());
    }

    private void readMemory(Map<CardMetric, Double> now) {
        values.memoryV2.version(MEMORY_V2);
        if (succeeds("nvmlDeviceGetMemoryInfo_v2", () -> nvml.nvmlDeviceGetMemoryInfo_v2(handle, values.memoryV2))) {
            now.put(CardMetric.FB_TOTAL, values.memoryV2.total() / MEBIBYTE);
            now.put(CardMetric.FB_USED, values.memoryV2.used() / MEBIBYTE);
            now.put(CardMetric.FB_FREE, values.memoryV2._free() / MEBIBYTE);
            now.put(CardMetric.FB_RESERVED, values.memoryV2.reserved() / MEBIBYTE);
        } else if (succeeds("nvmlDeviceGetMemoryInfo", () -> nvml.nvmlDeviceGetMemoryInfo(handle, values.memory))) {
            now.put(CardMetric.FB_TOTAL, values.memory.total() / MEBIBYTE);
            now.put(CardMetric.FB_USED, values.memory.used() / MEBIBYTE);
            now.put(CardMetric.FB_FREE, values.memory._free() / MEBIBYTE);
        }
    }

    private void readLoad(Map<CardMetric, Double> now) {
        var number = values.ints[0];
        if (succeeds(
                "nvmlDeviceGetUtilizationRates",
                () -> nvml.nvmlDeviceGetUtilizationRates(handle, values.utilization))) {
            now.put(CardMetric.GPU_UTIL, (double) values.utilization.gpu());
            now.put(CardMetric.MEM_COPY_UTIL, (double) values.utilization.memory());
        }
        put(
                now,
                CardMetric.POWER_USAGE,
                MILLIWATTS_PER_WATT,
                "nvmlDeviceGetPowerUsage",
                () -> nvml.nvmlDeviceGetPowerUsage(handle, number));
        put(
                now,
                CardMetric.POWER_MGMT_LIMIT,
                MILLIWATTS_PER_WATT,
                "nvmlDeviceGetPowerManagementLimit",
                () -> nvml.nvmlDeviceGetPowerManagementLimit(handle, number));
        put(
                now,
                CardMetric.POWER_MGMT_LIMIT,
                MILLIWATTS_PER_WATT,
                "nvmlDeviceGetEnforcedPowerLimit",
                () -> nvml.nvmlDeviceGetEnforcedPowerLimit(handle, number));
        put(
                now,
                CardMetric.SM_CLOCK,
                1,
                "nvmlDeviceGetClockInfo",
                () -> nvml.nvmlDeviceGetClockInfo(handle, nvml.NVML_CLOCK_SM, number));
        put(
                now,
                CardMetric.MEM_CLOCK,
                1,
                "nvmlDeviceGetClockInfo",
                () -> nvml.nvmlDeviceGetClockInfo(handle, nvml.NVML_CLOCK_MEM, number));
        put(
                now,
                CardMetric.PCIE_LINK_GEN,
                1,
                "nvmlDeviceGetCurrPcieLinkGeneration",
                () -> nvml.nvmlDeviceGetCurrPcieLinkGeneration(handle, number));
        put(
                now,
                CardMetric.PCIE_LINK_WIDTH,
                1,
                "nvmlDeviceGetCurrPcieLinkWidth",
                () -> nvml.nvmlDeviceGetCurrPcieLinkWidth(handle, number));
    }

    /** The newer function is the only one that is not deprecated, and the only one that drivers before 570 do not have. */
    @SuppressWarnings("deprecation")
    private void readTemperature(Map<CardMetric, Double> now) {
        var temperature = values.temperature.version(TEMPERATURE_V1).sensorType(nvml.NVML_TEMPERATURE_GPU);
        if (succeeds("nvmlDeviceGetTemperatureV", () -> nvml.nvmlDeviceGetTemperatureV(handle, temperature))) {
            now.put(CardMetric.GPU_TEMP, (double) temperature.temperature());
        } else {
            put(
                    now,
                    CardMetric.GPU_TEMP,
                    1,
                    "nvmlDeviceGetTemperature",
                    () -> nvml.nvmlDeviceGetTemperature(handle, nvml.NVML_TEMPERATURE_GPU, values.ints[0]));
        }
    }

    /** Throttle reasons are what drivers before 535 call them. */
    @SuppressWarnings("deprecation")
    private void readHealth(Map<CardMetric, Double> now) {
        readTemperature(now);
        if (succeeds(
                        "nvmlDeviceGetCurrentClocksEventReasons",
                        () -> nvml.nvmlDeviceGetCurrentClocksEventReasons(handle, values.number))
                || succeeds(
                        "nvmlDeviceGetCurrentClocksThrottleReasons",
                        () -> nvml.nvmlDeviceGetCurrentClocksThrottleReasons(handle, values.number))) {
            now.put(CardMetric.CLOCKS_EVENT_REASONS, (double) values.number.get(0));
        }
        readErrors(now, CardMetric.ECC_SBE_VOL_TOTAL, nvml.NVML_MEMORY_ERROR_TYPE_CORRECTED);
        readErrors(now, CardMetric.ECC_DBE_VOL_TOTAL, nvml.NVML_MEMORY_ERROR_TYPE_UNCORRECTED);
        var rows = values.ints;
        if (succeeds(
                "nvmlDeviceGetRemappedRows",
                () -> nvml.nvmlDeviceGetRemappedRows(handle, rows[0], rows[1], rows[2], rows[3]))) {
            now.put(CardMetric.CORRECTABLE_REMAPPED_ROWS, (double) rows[0].get(0));
            now.put(CardMetric.UNCORRECTABLE_REMAPPED_ROWS, (double) rows[1].get(0));
            now.put(CardMetric.ROW_REMAP_PENDING, rows[2].get(0) == 0 ? 0.0 : 1.0);
            now.put(CardMetric.ROW_REMAP_FAILURE, rows[3].get(0) == 0 ? 0.0 : 1.0);
        }
    }

    private void readErrors(Map<CardMetric, Double> now, CardMetric metric, int kind) {
        if (succeeds(
                "nvmlDeviceGetTotalEccErrors",
                () -> nvml.nvmlDeviceGetTotalEccErrors(handle, kind, nvml.NVML_VOLATILE_ECC, values.number))) {
            now.put(metric, (double) values.number.get(0));
        }
    }

    private void readFields(Map<CardMetric, Double> now) {
        for (int i = 0; i < FIELDS.length; i++) {
            nvmlFieldValue_t field = values.fields.getPointer(i);
            field.fieldId(FIELDS[i]).scopeId(0).nvmlReturn(nvml.NVML_ERROR_NOT_SUPPORTED);
        }
        if (succeeds(
                "nvmlDeviceGetFieldValues",
                () -> nvml.nvmlDeviceGetFieldValues(handle, FIELDS.length, values.fields))) {
            for (int i = 0; i < FIELDS.length; i++) {
                OptionalLong value = values.field(i);
                if (value.isPresent()) {
                    now.put(FIELD_METRICS.get(i), (double) value.getAsLong());
                }
            }
        }
    }

    /** NVML looks at the bus for 20 ms for each direction. */
    void readPcieThroughput() {
        var number = values.ints[0];
        pcie.clear();
        put(
                pcie,
                CardMetric.PCIE_TX_THROUGHPUT,
                1,
                "nvmlDeviceGetPcieThroughput",
                () -> nvml.nvmlDeviceGetPcieThroughput(handle, nvml.NVML_PCIE_UTIL_TX_BYTES, number));
        put(
                pcie,
                CardMetric.PCIE_RX_THROUGHPUT,
                1,
                "nvmlDeviceGetPcieThroughput",
                () -> nvml.nvmlDeviceGetPcieThroughput(handle, nvml.NVML_PCIE_UTIL_RX_BYTES, number));
    }

    private List<CardProcess> processes() {
        return lost ? List.of() : NvmlProcesses.of(calls, values, handle);
    }
}
