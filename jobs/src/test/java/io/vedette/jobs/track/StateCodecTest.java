package io.vedette.jobs.track;

import static io.vedette.jobs.track.Scrapes.T0;
import static io.vedette.jobs.track.Scrapes.counter;
import static io.vedette.jobs.track.Scrapes.failed;
import static io.vedette.jobs.track.Scrapes.finished;
import static io.vedette.jobs.track.Scrapes.good;
import static io.vedette.jobs.track.Scrapes.latency;
import static io.vedette.jobs.track.Scrapes.running;
import static io.vedette.jobs.track.Scrapes.tokens;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.jobs.derive.DeriveTypes.ModelStateCodec;
import io.vedette.jobs.derive.DeriveTypes.TargetStateCodec;
import io.vedette.jobs.serial.StreamCodec;
import io.vedette.jobs.track.Scrapes.Follower;
import io.vedette.jobs.track.Scrapes.Found;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.GaugeStats;
import io.vedette.model.frame.Window;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Signal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * States are written and read back, and go on as if nothing had happened: those of this version, and those that version 1 has written
 * ({@code target-state-1.bin} and {@code model-state-1.bin}, see the README beside them).
 */
class StateCodecTest {
    private static final int[] WINDOWS = {12, 60, 120};
    private static final Path RESOURCES = Path.of("src/test/resources/io/vedette/jobs/track");
    private static final int STOP = 61;

    /** A scrape every 5 s, 2 s after the tick: with all that a state has. */
    private static TargetScrape scrape(int i) {
        int since = i < 40 ? i : i - 40;
        long seconds = i * 5L + 2;
        if (i == 20 || i == STOP - 3) {
            return failed(seconds, ScrapeFailure.TIMEOUT);
        }
        return good(
                seconds,
                running(i % 5, i % 3, i % 7 / 10.0),
                List.of(
                        tokens(since * 100.0 + i % 9),
                        finished(since * 3.0),
                        counter(Signal.FINISHED_REQUESTS, i % 2 == 0 ? "length" : "abort", since)),
                latency(since, since * 2, 3, Math.floor(since / 10.0)));
    }

    /** What version 1 knew: it kept no statistics of how long scrapes took. */
    private static List<Frame> withoutDurations(List<Frame> frames) {
        return frames.stream().map(StateCodecTest::withoutDurations).toList();
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

    private static <T> byte[] write(StreamCodec<T> codec, T state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(codec.version());
            codec.write(state, out);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static <T> T read(StreamCodec<T> codec, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            T state = codec.read(in.readByte(), in);
            assertThat(in.read()).as("bytes left over").isEqualTo(-1);
            return state;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TargetState targetAt(int scrapes) {
        Follower follower = new Follower();
        for (int i = 0; i < scrapes; i++) {
            follower.scrape(scrape(i));
        }
        TargetState state = requireNonNull(follower.state);
        state.timerMillis = 7;
        state.contenderMillis = T0 + 250_000;
        return state;
    }

    /** Frames that a target's state leads to. */
    private static List<Frame> goOn(TargetState state) {
        Follower follower = new Follower();
        follower.state = state;
        for (int i = STOP; i < STOP + 40; i++) {
            follower.scrape(scrape(i));
        }
        return follower.found.frames;
    }

    /** Reports of two targets, of which the second comes later, and is silent in the end. */
    private static List<MemberReport> reports() {
        List<MemberReport> reports = new ArrayList<>();
        for (String member : List.of("a", "b")) {
            Follower follower = new Follower();
            for (int i = member.equals("a") ? 0 : 50; i < STOP + 40; i++) {
                if (member.equals("a") || i < STOP + 10) {
                    follower.scrape(scrape(i));
                }
            }
            follower.time(600, Jump.NONE);
            follower.found.reports.forEach(report -> reports.add(named(report, member)));
        }
        reports.sort((x, y) -> Long.compare(x.releasedAtMillis(), y.releasedAtMillis()));
        return reports;
    }

    private static MemberReport named(MemberReport report, String member) {
        return new MemberReport(
                report.root(),
                member,
                report.modelName(),
                report.role(),
                report.labels(),
                report.tickMillis(),
                report.releasedAtMillis(),
                report.release(),
                report.intervalMillis(),
                report.up(),
                report.gauges(),
                report.promptLimit(),
                report.growth());
    }

    /** A model in whose middle the state is handed through a function. */
    private static List<Frame> model(UnaryOperator<ModelState> inTheMiddle) {
        ModelTracker tracker = new ModelTracker(WINDOWS);
        Found found = new Found();
        ModelState state = null;
        boolean handed = false;
        for (MemberReport report : reports()) {
            state = tracker.onReport(state, report, report.releasedAtMillis() - 12_000, found);
            boolean queued = state != null
                    && state.members.values().stream().anyMatch(m -> !m.queued.isEmpty())
                    && !state.pending.isEmpty();
            if (!handed && queued && report.releasedAtMillis() > T0 + 260_000) {
                state = inTheMiddle.apply(requireNonNull(state));
                handed = true;
            }
        }
        assertThat(handed).isTrue();
        return found.frames;
    }

    @Test
    void aTargetsStateIsReadBackAndGoesOnTheSame() {
        TargetState state = targetAt(STOP);
        assertThat(state.replicas.get(0).unreported).isNotEmpty();
        byte[] written = write(new TargetStateCodec(), state);
        TargetState read = read(new TargetStateCodec(), written);

        assertThat(write(new TargetStateCodec(), read)).isEqualTo(written);
        assertThat(read.contenderMillis).isEqualTo(T0 + 250_000);
        assertThat(goOn(read)).isEqualTo(goOn(state.copy())).hasSize(40);
    }

    @Test
    void aStateOfATargetThatIsOnlyKnownAsRemovedIsReadBack() {
        TargetState state = new Follower().tracker.onRemoved(null, "a:8000", "agent", T0);
        TargetState read = read(new TargetStateCodec(), write(new TargetStateCodec(), state));

        assertThat(read.target).isEqualTo(state.target);
        assertThat(read.removedMillis).isEqualTo(T0);
        assertThat(read.replicas).isEmpty();
    }

    @Test
    void aCopyOfATargetsStateSharesNothingThatChanges() {
        TargetState state = targetAt(STOP);
        TargetState copy = state.copy();
        List<Frame> frames = goOn(state);

        assertThat(goOn(copy)).isEqualTo(frames);
    }

    @Test
    void aModelsStateIsReadBackAndGoesOnTheSame() {
        List<byte[]> writings = new ArrayList<>();
        List<Frame> readBack = model(state -> {
            writings.add(write(new ModelStateCodec(), state));
            ModelState read = read(new ModelStateCodec(), writings.get(0));
            writings.add(write(new ModelStateCodec(), read));
            return read;
        });

        assertThat(readBack).isEqualTo(model(state -> state)).isEqualTo(model(ModelState::copy));
        assertThat(writings.get(1)).isEqualTo(writings.get(0));
    }

    @Test
    void statesOfVersionOneAreReadAndGoOnTheSame() throws IOException {
        if (Boolean.getBoolean("vedette.write-golden")) {
            Files.write(RESOURCES.resolve("target-state-1.bin"), write(new TargetStateCodec(), targetAt(STOP)));
            model(state -> {
                try {
                    Files.write(RESOURCES.resolve("model-state-1.bin"), write(new ModelStateCodec(), state));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
                return state;
            });
        }
        byte[] target = Files.readAllBytes(RESOURCES.resolve("target-state-1.bin"));
        byte[] model = Files.readAllBytes(RESOURCES.resolve("model-state-1.bin"));

        assertThat(target[0]).isEqualTo((byte) 1);
        assertThat(model[0]).isEqualTo((byte) 1);
        assertThat(withoutDurations(goOn(read(new TargetStateCodec(), target))))
                .isEqualTo(withoutDurations(goOn(targetAt(STOP))));
        assertThat(model(state -> read(new ModelStateCodec(), model))).isEqualTo(model(state -> state));
    }
}
