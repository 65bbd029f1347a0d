package io.vedette.ingest.nvml;

import io.vedette.ingest.cards.CardFailure;
import io.vedette.ingest.cards.CardFailure.Kind;
import io.vedette.ingest.cards.CardId;
import io.vedette.ingest.cards.CardId.MigInstance;
import io.vedette.ingest.cards.CardReader;
import io.vedette.ingest.cards.CardReading;
import io.vedette.ingest.cards.NodeReading;
import io.vedette.ingest.cards.Progress;
import io.vedette.ingest.cards.Shortcoming;
import io.vedette.ingest.cards.XidEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.bytedeco.cuda.global.nvml;
import org.bytedeco.cuda.nvml.nvmlDevice_st;

/** NVML between its initialization and its shutdown. Used by one thread. */
public final class NvmlSession implements CardReader {
    /** NVML finds cards when it is initialized. Near a card that is lost that may fail, so what still answers is risked this rarely. */
    private static final Duration SEARCH_INTERVAL = Duration.ofMinutes(10);
    /** A throughput takes 40 ms, so cards take turns. */
    private static final int THROUGHPUTS_A_READING = 2;

    private static final int PCI_TEXT_BYTES = 32;
    private static final String MIG = " MIG ";

    private final NvmlCalls calls;
    private final LongSupplier nanoTime;
    private final NvmlValues values = new NvmlValues();
    private final List<NvmlCard> cards = new ArrayList<>();
    /** Indices of cards that NVML counts and that cannot be read. */
    private final Set<Integer> silent = new HashSet<>();

    private NvmlEvents events;
    private int counted;
    private int turn;
    private boolean incomplete;
    private long searchedNanos;
    private String driver = "";

    private NvmlSession(NvmlCalls calls, LongSupplier nanoTime) throws CardFailure {
        this.calls = calls;
        this.nanoTime = nanoTime;
        this.events = initialize();
    }

    /**
     * Loads and initializes NVML, and finds the cards.
     *
     * @param library the driver's library, see {@link NvmlLibrary#find}
     * @param nanoTime as {@link System#nanoTime}
     * @throws CardFailure when that cannot be done
     */
    public static NvmlSession open(Path library, Progress progress, LongSupplier nanoTime) throws CardFailure {
        NvmlLibrary.load(library, progress);
        return new NvmlSession(new NvmlCalls(progress, NvmlLibrary::has), nanoTime);
    }

    @Override
    public String name() {
        return "NVML";
    }

    private NvmlEvents initialize() throws CardFailure {
        require("nvmlInit_v2", calls.call("nvmlInit_v2", nvml::nvmlInit_v2));
        driver = calls.call(
                                "nvmlSystemGetDriverVersion",
                                () -> nvml.nvmlSystemGetDriverVersion(values.text, NvmlValues.TEXT_BYTES))
                        == NvmlCode.SUCCESS
                ? values.text()
                : "";
        find();
        return NvmlEvents.of(calls, cards);
    }

    private static void require(String function, NvmlCode code) throws CardFailure {
        if (code == NvmlCode.FUNCTION_NOT_FOUND) {
            throw new CardFailure(Kind.UNUSABLE, "the driver is too old: its NVML has no " + function);
        }
        if (code != NvmlCode.SUCCESS) {
            throw code.failure(function);
        }
    }

    private int count() throws CardFailure {
        NvmlCode code = calls.call("nvmlDeviceGetCount_v2", () -> nvml.nvmlDeviceGetCount_v2(values.ints[0]));
        require("nvmlDeviceGetCount_v2", code);
        return values.ints[0].get(0);
    }

    private void find() throws CardFailure {
        searchedNanos = nanoTime.getAsLong();
        cards.clear();
        silent.clear();
        counted = count();
        incomplete = false;
        for (int i = 0; i < counted; i++) {
            int index = i;
            nvmlDevice_st handle = new nvmlDevice_st();
            NvmlCode code = calls.call(
                    "nvmlDeviceGetHandleByIndex_v2", () -> nvml.nvmlDeviceGetHandleByIndex_v2(index, handle));
            Optional<String> uuid = code == NvmlCode.SUCCESS ? text("nvmlDeviceGetUUID", handle) : Optional.empty();
            if (uuid.isPresent()) {
                NvmlCard card = new NvmlCard(calls, values, handle, identity(index, handle, uuid.get()));
                card.readLasting();
                cards.add(card);
            } else {
                incomplete = true;
                if (!code.isLoss()) {
                    silent.add(index);
                }
            }
        }
    }

    private CardId identity(int index, nvmlDevice_st handle, String uuid) {
        String pci = calls.call("nvmlDeviceGetPciInfo_v3", () -> nvml.nvmlDeviceGetPciInfo_v3(handle, values.pci))
                        == NvmlCode.SUCCESS
                ? NvmlValues.text(values.pci.busId(), PCI_TEXT_BYTES)
                : "";
        String device =
                calls.call("nvmlDeviceGetMinorNumber", () -> nvml.nvmlDeviceGetMinorNumber(handle, values.ints[0]))
                                == NvmlCode.SUCCESS
                        ? "nvidia" + values.ints[0].get(0)
                        : "";
        return new CardId(
                index, uuid, pci, device, text("nvmlDeviceGetName", handle).orElse(""), Optional.empty());
    }

    private Optional<String> text(String function, nvmlDevice_st handle) {
        NvmlCode code = calls.call(
                function,
                () -> function.equals("nvmlDeviceGetName")
                        ? nvml.nvmlDeviceGetName(handle, values.text, NvmlValues.TEXT_BYTES)
                        : nvml.nvmlDeviceGetUUID(handle, values.text, NvmlValues.TEXT_BYTES));
        return code == NvmlCode.SUCCESS ? Optional.of(values.text()) : Optional.empty();
    }

    @Override
    public NodeReading read() throws CardFailure {
        List<XidEvent> xids = new ArrayList<>(events.poll());
        if (mustSearch()) {
            events.close();
            var unused = calls.call("nvmlShutdown", nvml::nvmlShutdown);
            events = initialize();
        }
        readThroughputs();
        List<CardReading> readings = new ArrayList<>();
        for (NvmlCard card : cards) {
            CardReading reading = card.read();
            if (!card.isLost()) {
                List<CardReading> instances = instances(card);
                readings.add(instances.isEmpty() ? reading : reading.withoutProcesses());
                readings.addAll(instances);
            }
        }
        incomplete = incomplete || cards.stream().anyMatch(NvmlCard::isLost);
        xids.addAll(events.poll());
        return new NodeReading(
                driver, counted, readings, silent, events.refused().isEmpty(), xids);
    }

    private boolean mustSearch() throws CardFailure {
        boolean due = nanoTime.getAsLong() - searchedNanos >= SEARCH_INTERVAL.toNanos();
        return count() != counted || (incomplete && due);
    }

    private void readThroughputs() {
        for (int i = 0; i < Math.min(THROUGHPUTS_A_READING, cards.size()); i++) {
            turn = (turn + 1) % cards.size();
            cards.get(turn).readPcieThroughput();
        }
    }

    private List<CardReading> instances(NvmlCard card) {
        nvmlDevice_st handle = card.handle();
        NvmlCode code = calls.call(
                "nvmlDeviceGetMigMode", () -> nvml.nvmlDeviceGetMigMode(handle, values.ints[0], values.ints[1]));
        if (code != NvmlCode.SUCCESS || values.ints[0].get(0) != nvml.NVML_DEVICE_MIG_ENABLE) {
            return List.of();
        }
        code = calls.call(
                "nvmlDeviceGetMaxMigDeviceCount", () -> nvml.nvmlDeviceGetMaxMigDeviceCount(handle, values.ints[0]));
        int most = code == NvmlCode.SUCCESS ? values.ints[0].get(0) : 0;
        List<CardReading> readings = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            instance(card, i).map(NvmlCard::readInstance).ifPresent(readings::add);
        }
        return readings;
    }

    /** Places may be empty. */
    private Optional<NvmlCard> instance(NvmlCard card, int place) {
        nvmlDevice_st handle = new nvmlDevice_st();
        NvmlCode code = calls.call(
                "nvmlDeviceGetMigDeviceHandleByIndex",
                () -> nvml.nvmlDeviceGetMigDeviceHandleByIndex(card.handle(), place, handle));
        if (code != NvmlCode.SUCCESS) {
            return Optional.empty();
        }
        NvmlCode numbered =
                calls.call("nvmlDeviceGetGpuInstanceId", () -> nvml.nvmlDeviceGetGpuInstanceId(handle, values.ints[0]));
        int number = numbered == NvmlCode.SUCCESS ? values.ints[0].get(0) : place;
        String name = text("nvmlDeviceGetName", handle).orElse("");
        String profile = name.contains(MIG) ? name.substring(name.indexOf(MIG) + MIG.length()) : "";
        CardId of = card.id();
        return text("nvmlDeviceGetUUID", handle)
                .map(uuid -> new CardId(
                        of.index(),
                        uuid,
                        of.pciBusId(),
                        of.device(),
                        of.model(),
                        Optional.of(new MigInstance(number, profile, of.uuid()))))
                .map(id -> new NvmlCard(calls, values, handle, id));
    }

    @Override
    public List<Shortcoming> shortcomings() {
        List<Shortcoming> shortcomings = new ArrayList<>();
        events.refused()
                .ifPresent(reason -> shortcomings.add(new Shortcoming(
                        "NVML tells no XIDs of some or all cards: " + reason,
                        "let Vedette read the kernel's log, which has them, too")));
        if (!silent.isEmpty()) {
            shortcomings.add(new Shortcoming(
                    "NVML counts " + counted + " cards, of which it does not let us read number "
                            + silent.stream().sorted().map(String::valueOf).collect(Collectors.joining(", ")),
                    "let Vedette open /dev/nvidia*; in a container: start it with --gpus all"));
        }
        return shortcomings;
    }

    @Override
    public void close() {
        events.close();
        var unused = calls.call("nvmlShutdown", nvml::nvmlShutdown);
    }
}
