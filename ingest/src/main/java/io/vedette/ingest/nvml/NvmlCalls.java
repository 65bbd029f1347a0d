package io.vedette.ingest.nvml;

import io.vedette.ingest.cards.Progress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.Predicate;

/**
 * The one way to call NVML: only functions that the driver has, since the dynamic linker ends the process at a missing one; and never without telling which
 * call it is that may hang. Used by one thread.
 */
final class NvmlCalls {
    private final Progress progress;
    private final Predicate<String> exported;
    private final Map<String, Boolean> known = new HashMap<>();

    /** @param exported whether the loaded library has a function of that name */
    NvmlCalls(Progress progress, Predicate<String> exported) {
        this.progress = progress;
        this.exported = exported;
    }

    boolean has(String function) {
        return known.computeIfAbsent(function, exported::test);
    }

    /** Calls a function, if the driver has it. */
    NvmlCode call(String function, IntSupplier call) {
        if (!has(function)) {
            return NvmlCode.FUNCTION_NOT_FOUND;
        }
        progress.begin(function);
        int answer = call.getAsInt();
        progress.end();
        return NvmlCode.of(answer);
    }
}
