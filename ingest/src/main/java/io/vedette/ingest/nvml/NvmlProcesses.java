package io.vedette.ingest.nvml;

import io.vedette.ingest.cards.CardProcess;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.cuda.global.nvml;
import org.bytedeco.cuda.nvml.nvmlDevice_st;
import org.bytedeco.cuda.nvml.nvmlProcessInfo_v2_t;
import org.bytedeco.javacpp.IntPointer;

/** The processes that hold memory of a card. */
final class NvmlProcesses {
    private static final Map<String, Query> COMPUTING = newestFirst(
            "nvmlDeviceGetComputeRunningProcesses",
            nvml::nvmlDeviceGetComputeRunningProcesses_v3,
            nvml::nvmlDeviceGetComputeRunningProcesses_v2);
    private static final Map<String, Query> DRAWING = newestFirst(
            "nvmlDeviceGetGraphicsRunningProcesses",
            nvml::nvmlDeviceGetGraphicsRunningProcesses_v3,
            nvml::nvmlDeviceGetGraphicsRunningProcesses_v2);

    private NvmlProcesses() {}

    /** {@code nvmlDeviceGet…RunningProcesses}. */
    @FunctionalInterface
    private interface Query {
        int ask(nvmlDevice_st handle, IntPointer count, nvmlProcessInfo_v2_t processes);
    }

    /** The third differs from the second in what it tells of MIG; drivers before 510 have only the second. */
    private static Map<String, Query> newestFirst(String function, Query third, Query second) {
        Map<String, Query> queries = new TreeMap<>(Comparator.reverseOrder());
        queries.put(function + "_v3", third);
        queries.put(function + "_v2", second);
        return queries;
    }

    /** One that computes and draws is listed twice, and counts once. */
    static List<CardProcess> of(NvmlCalls calls, NvmlValues values, nvmlDevice_st handle) {
        Map<Long, CardProcess> byPid = new TreeMap<>();
        collect(byPid, COMPUTING, calls, values, handle);
        collect(byPid, DRAWING, calls, values, handle);
        return List.copyOf(byPid.values());
    }

    private static void collect(
            Map<Long, CardProcess> byPid,
            Map<String, Query> newestFirst,
            NvmlCalls calls,
            NvmlValues values,
            nvmlDevice_st handle) {
        IntPointer count = values.ints[0];
        for (Map.Entry<String, Query> query : newestFirst.entrySet()) {
            count.put(0, NvmlValues.MOST_PROCESSES);
            NvmlCode code = calls.call(query.getKey(), () -> query.getValue().ask(handle, count, values.processes));
            if (code == NvmlCode.SUCCESS) {
                int found = Math.min(count.get(0), NvmlValues.MOST_PROCESSES);
                for (int i = 0; i < found; i++) {
                    CardProcess process = values.process(i);
                    byPid.putIfAbsent(process.pid(), process);
                }
                return;
            }
        }
    }
}
