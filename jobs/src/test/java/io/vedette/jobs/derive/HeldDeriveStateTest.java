package io.vedette.jobs.derive;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.derive.DeriveTypes.SampleRecordCodec;
import io.vedette.jobs.held.HeldSet;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.GaugeStats;
import io.vedette.model.frame.Window;
import io.vedette.model.signal.Signal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checkpoints of derive that earlier versions wrote are restored, and frames go on as if this version had written them. A set has the checkpoints of the
 * operators, {@code records.gz} with all records of a fleet, and {@code cut.txt} with how many of them had been read.
 */
class HeldDeriveStateTest {
    private static final int PARTITIONS = 4;
    /** A fleet with restarts, holes, a jump of time, a late target and a removed one. */
    private static final long SEED = 2;

    private static List<HeldSet> sets() {
        return HeldSet.all().stream().filter(set -> set.has("cut.txt")).toList();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void framesGoOnAsIfThisVersionHadWrittenTheState(HeldSet set) throws Exception {
        List<SampleRecord> records = set.records("records.gz").stream()
                .map(HeldDeriveStateTest::record)
                .toList();
        int cut = Integer.parseInt(set.text("cut.txt").strip());
        List<Frame> expected;
        try (DeriveHarness uninterrupted = new DeriveHarness(PARTITIONS, 1)) {
            expected = uninterrupted.readAll(records).end().framesByEntity();
        }
        List<Frame> frames;
        try (DeriveHarness first = new DeriveHarness(PARTITIONS, 1)) {
            frames = new ArrayList<>(first.readAll(records.subList(0, cut)).frames);
        }
        DeriveHarness.Checkpoint checkpoint = new DeriveHarness.Checkpoint(
                PARTITIONS,
                1,
                set.state("derive-routers.checkpoint"),
                set.state("derive-targets.checkpoint"),
                set.state("derive-models.checkpoint"),
                set.has("derive-cards.checkpoint") ? set.state("derive-cards.checkpoint") : null);
        try (DeriveHarness restored = new DeriveHarness(checkpoint, 1)) {
            frames.addAll(restored.readAll(records.subList(cut, records.size())).end().frames);
        }

        assertThat(frames).hasSizeGreaterThan(500);
        Differing.assertSame(
                comparable(DeriveHarness.byEntity(frames), set), comparable(expected, set), "set %d", set.number());
    }

    @Test
    void aNewVersionWritesItsSetOnceWhenAsked() throws Exception {
        Optional<HeldSet> asked = HeldSet.toWrite();
        if (asked.isEmpty()) {
            return;
        }
        HeldSet set = asked.get();
        List<SampleRecord> records = RandomFleet.of(SEED, PARTITIONS).inOrder();
        int cut = records.size() * 3 / 5;
        try (DeriveHarness harness = new DeriveHarness(PARTITIONS, 1)) {
            DeriveHarness.Checkpoint checkpoint =
                    harness.readAll(records.subList(0, cut)).checkpoint();
            set.writeState("derive-routers.checkpoint", checkpoint.routers());
            set.writeState("derive-targets.checkpoint", checkpoint.targets());
            set.writeState("derive-models.checkpoint", checkpoint.models());
            set.writeState("derive-cards.checkpoint", requireNonNull(checkpoint.cards()));
        }
        set.writeRecords(
                "records.gz", records.stream().map(HeldDeriveStateTest::bytes).toList());
        set.writeText("cut.txt", cut + "\n");
    }

    private static byte[] bytes(SampleRecord record) {
        SampleRecordCodec codec = new SampleRecordCodec();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(codec.version());
            codec.write(record, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static SampleRecord record(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new SampleRecordCodec().read(in.readByte(), in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Set 1 is of a version that kept no statistics of how long scrapes took. */
    private static List<Frame> comparable(List<Frame> frames, HeldSet set) {
        return set.number() > 1
                ? frames
                : frames.stream().map(HeldDeriveStateTest::withoutDurations).toList();
    }

    private static Frame withoutDurations(Frame frame) {
        List<Window> windows = new ArrayList<>();
        for (Window window : frame.windows()) {
            Map<Signal, GaugeStats> gauges = new HashMap<>(window.gauges());
            gauges.remove(Signal.SCRAPE_DURATION);
            windows.add(new Window(
                    window.durationMillis(), window.coveredMillis(), window.growth(), window.histograms(), gauges));
        }
        return new Frame(
                frame.entity(),
                frame.tickMillis(),
                frame.intervalMillis(),
                frame.release(),
                frame.members(),
                frame.membersUp(),
                frame.up(),
                frame.gauges(),
                frame.latest(),
                frame.life(),
                frame.promptLimit(),
                windows);
    }
}
