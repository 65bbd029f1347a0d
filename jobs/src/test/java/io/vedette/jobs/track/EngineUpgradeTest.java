package io.vedette.jobs.track;

import static io.vedette.jobs.track.Scrapes.T0;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.signal.Signal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another version of vLLM at the same address: it restarts once, and for all else nobody notices that names and bounds have changed. */
class EngineUpgradeTest {
    private static final int SCRAPES = 6;
    private static final long FIVE_MINUTES = 300_000;

    private final BodyFollower follower = new BodyFollower();
    private long seconds;

    /** Six scrapes, 5 s apart, of an engine that has just begun and does the same work between any two of them; then 5 s to restart. */
    private void run(EngineBody body) {
        for (int i = 1; i <= SCRAPES; i++) {
            follower.scrape("a:8000", seconds, body.after(i));
            seconds += 5;
        }
        seconds += 5;
    }

    private void runOneAfterAnother(List<String> versions) {
        for (String version : versions) {
            run(EngineBody.of(version).startedAt(T0 / 1000 + seconds - 3));
        }
    }

    private Frame last() {
        List<Frame> frames = follower.frames("a:8000");
        return frames.get(frames.size() - 1);
    }

    private Window window() {
        return last().window(FIVE_MINUTES).orElseThrow();
    }

    private Histogram histogram(Signal signal) {
        return requireNonNull(window().histograms().get(signal), signal.signalName());
    }

    @Test
    void windowsGoOnOverEachRename() {
        runOneAfterAnother(
                List.of("vllm-0.9.2", "vllm-0.10.2", "vllm-0.11.0", "vllm-0.12.0", "vllm-0.13.0", "vllm-0.33.0"));

        // Between any two scrapes each does the same; what the first one did before its first scrape does not count.
        // Versions before 0.13 have
        // finish reasons for five of the seven requests in the bodies, 0.13 for six.
        assertThat(histogram(Signal.INTER_TOKEN_LATENCY).count()).isEqualTo(35 * 7);
        assertThat(window().growthOf(Signal.FINISHED_REQUESTS)).isEqualTo(23 * 5 + 6 * 6 + 6 * 7);
        assertThat(window().growthOf(Signal.PREFIX_CACHE_QUERIES)).isEqualTo(35 * 5834);
        assertThat(last().gauges().get(Signal.KV_CACHE_USAGE)).isEqualTo(0.4375);
        assertThat(requireNonNull(window().gauges().get(Signal.KV_CACHE_USAGE)).mean())
                .isEqualTo(0.4375);
    }

    @Test
    void anUpgradeIsOneRestartAndNoOther() {
        runOneAfterAnother(List.of("vllm-0.11.0", "vllm-0.12.0", "vllm-0.13.0"));

        assertThat(follower.count(TrackEvent.RESTART)).isEqualTo(2);
        assertThat(last().life().restarts()).isEqualTo(2);
        assertThat(follower.problems).isEmpty();
        assertThat(follower.droppedSamples).isZero();
        assertThat(follower.found.frames)
                .extracting(frame -> frame.entity().engine())
                .containsOnly("0");
    }

    @Test
    void nothingIsLostWhereNameAndBoundsChangeAtOnce() {
        runOneAfterAnother(List.of("vllm-0.6.6", "vllm-0.12.0"));

        assertThat(histogram(Signal.INTER_TOKEN_LATENCY).count()).isEqualTo(5 * 5 + 6 * 7);
        assertThat(histogram(Signal.TIME_TO_FIRST_TOKEN).count()).isEqualTo(5 * 5 + 6 * 7);
        assertThat(histogram(Signal.E2E_REQUEST_LATENCY).count()).isEqualTo(11 * 5);
        assertThat(window().growthOf(Signal.GENERATION_TOKENS)).isEqualTo(5 * 179 + 6 * 251);
    }

    @Test
    void aRestartThatOnlyCountersTellLosesNothingEither() {
        run(EngineBody.of("vllm-0.6.6").withoutStarts());
        run(EngineBody.of("vllm-0.12.0").withoutStarts());

        assertThat(follower.count(TrackEvent.RESTART)).isEqualTo(1);
        assertThat(histogram(Signal.INTER_TOKEN_LATENCY).count()).isEqualTo(5 * 5 + 6 * 7);
        assertThat(histogram(Signal.E2E_REQUEST_LATENCY).count()).isEqualTo(11 * 5);
    }

    @Test
    void aNameThatComesBackOnDemandChangesNothing() {
        runOneAfterAnother(List.of("vllm-0.11.0", "vllm-0.11.0-hidden"));

        assertThat(follower.count(TrackEvent.RESTART)).isEqualTo(1);
        assertThat(window().growthOf(Signal.PREFIX_CACHE_HITS)).isEqualTo(11 * 1600);
        assertThat(last().gauges().get(Signal.KV_CACHE_USAGE)).isEqualTo(0.4375);
    }
}
