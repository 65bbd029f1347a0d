package io.vedette.ingest.nvml;

import io.vedette.ingest.cards.XidEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.cuda.global.nvml;
import org.bytedeco.cuda.nvml.nvmlEventData_t;
import org.bytedeco.cuda.nvml.nvmlEventSet_st;
import org.jspecify.annotations.Nullable;

/** NVML's event set, asked for XIDs without waiting: the driver keeps them meanwhile. Used by one thread. */
final class NvmlEvents {
    /** A card that reports without end must not keep others from being read. */
    private static final int MOST_A_POLL = 256;

    private final NvmlCalls calls;
    private final @Nullable nvmlEventSet_st set;
    private final @Nullable String refused;
    private final nvmlEventData_t event = new nvmlEventData_t();
    private final Map<Long, String> pciByHandle = new HashMap<>();

    private NvmlEvents(NvmlCalls calls, @Nullable nvmlEventSet_st set, @Nullable String refused, List<NvmlCard> cards) {
        this.calls = calls;
        this.set = set;
        this.refused = refused;
        cards.forEach(card -> pciByHandle.put(card.handle().address(), card.id().pciBusId()));
    }

    /** Asks for the events of these cards; where that is refused there are none. */
    static NvmlEvents of(NvmlCalls calls, List<NvmlCard> cards) {
        nvmlEventSet_st set = new nvmlEventSet_st();
        NvmlCode code = calls.call("nvmlEventSetCreate", () -> nvml.nvmlEventSetCreate(set));
        if (code != NvmlCode.SUCCESS) {
            return new NvmlEvents(calls, null, code.describe("nvmlEventSetCreate"), cards);
        }
        String refused = null;
        for (NvmlCard card : cards) {
            NvmlCode registered = calls.call(
                    "nvmlDeviceRegisterEvents",
                    () -> nvml.nvmlDeviceRegisterEvents(card.handle(), nvml.nvmlEventTypeXidCriticalError, set));
            if (registered != NvmlCode.SUCCESS) {
                refused = registered.describe("nvmlDeviceRegisterEvents");
            }
        }
        return new NvmlEvents(calls, set, refused, cards);
    }

    /** Why XIDs of some or all cards do not come from here. */
    Optional<String> refused() {
        return Optional.ofNullable(refused);
    }

    /** Those since the last time. */
    List<XidEvent> poll() {
        if (set == null) {
            return List.of();
        }
        List<XidEvent> found = new ArrayList<>();
        for (int i = 0; i < MOST_A_POLL && next(set) == NvmlCode.SUCCESS; i++) {
            String pci = event.device() == null
                    ? null
                    : pciByHandle.get(event.device().address());
            if (pci != null && event.eventType() == nvml.nvmlEventTypeXidCriticalError) {
                found.add(new XidEvent(pci, event.eventData()));
            }
        }
        return found;
    }

    /** Drivers before 510 have only the first of the two, which differs in what it tells of MIG. */
    private NvmlCode next(nvmlEventSet_st of) {
        NvmlCode code = calls.call("nvmlEventSetWait_v2", () -> nvml.nvmlEventSetWait_v2(of, event, 0));
        return code == NvmlCode.FUNCTION_NOT_FOUND
                ? calls.call("nvmlEventSetWait", () -> nvml.nvmlEventSetWait(of, event, 0))
                : code;
    }

    void close() {
        if (set != null) {
            var unused = calls.call("nvmlEventSetFree", () -> nvml.nvmlEventSetFree(set));
        }
    }
}
