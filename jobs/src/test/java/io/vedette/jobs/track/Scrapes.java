package io.vedette.jobs.track;

import io.vedette.model.frame.Frame;
import io.vedette.model.histogram.Bounds;
import io.vedette.model.sample.CounterSample;
import io.vedette.model.sample.EngineScrape;
import io.vedette.model.sample.HistogramSample;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import io.vedette.model.signal.Gauges;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scrapes for tests, and a listener that keeps what a tracker finds. */
final class Scrapes {
    static final long T0 = 1_790_000_000_000L;
    static final Target TARGET = new Target("a:8000", "node-1", "node-1", "", "both", Map.of());
    static final Bounds BOUNDS = Bounds.of(0.5, 1, 2);

    private Scrapes() {}

    static CounterSample counter(Signal signal, String dimension, double value) {
        return new CounterSample(signal, dimension, value, 0, 0);
    }

    static CounterSample tokens(double value) {
        return counter(Signal.GENERATION_TOKENS, "", value);
    }

    static CounterSample finished(double value) {
        return counter(Signal.FINISHED_REQUESTS, "stop", value);
    }

    static HistogramSample latency(double... counts) {
        return new HistogramSample(Signal.E2E_REQUEST_LATENCY, BOUNDS, counts, 1, 0, 0);
    }

    static Gauges running(double running, double waiting, double kvUsage) {
        return Gauges.builder()
                .set(Signal.REQUESTS_RUNNING, running)
                .set(Signal.REQUESTS_WAITING, waiting)
                .set(Signal.KV_CACHE_USAGE, kvUsage)
                .build();
    }

    static TargetScrape good(long seconds, Gauges gauges, List<CounterSample> counters, HistogramSample... histograms) {
        return good(seconds, 0, new EngineScrape("0", "tiny", counters, gauges, List.of(histograms)));
    }

    static TargetScrape good(long seconds, long processStartMillis, EngineScrape... engines) {
        return new TargetScrape(TARGET, T0 + seconds * 1000, null, 0.01, processStartMillis, 0, List.of(engines));
    }

    static TargetScrape failed(long seconds, ScrapeFailure failure) {
        return new TargetScrape(TARGET, T0 + seconds * 1000, failure, 0.01, 0, 0, List.of());
    }

    /** Keeps what a tracker finds. */
    static final class Found implements TrackOutput {
        final List<Frame> frames = new ArrayList<>();
        final List<MemberReport> reports = new ArrayList<>();
        final List<NodeNote> notes = new ArrayList<>();
        final Map<TrackEvent, Integer> events = new EnumMap<>(TrackEvent.class);

        @Override
        public void frame(Frame frame) {
            frames.add(frame);
        }

        @Override
        public void report(MemberReport report) {
            reports.add(report);
        }

        @Override
        public void note(NodeNote note) {
            notes.add(note);
        }

        @Override
        public void count(TrackEvent event) {
            events.merge(event, 1, Integer::sum);
        }

        /** Seconds since T0 and release of each frame. */
        List<String> ticks() {
            return frames.stream()
                    .map(frame -> (frame.tickMillis() - T0) / 1000 + " " + frame.release())
                    .toList();
        }

        Frame at(long seconds) {
            return frames.stream()
                    .filter(frame -> frame.tickMillis() == T0 + seconds * 1000)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** A tracker of one target with its state, fed by scrapes every 5 s that are appended at once. */
    static final class Follower {
        final TargetTracker tracker = new TargetTracker(new int[] {12, 60, 120}, new PromptLimits(Map.of()));
        final Found found = new Found();

        @Nullable
        TargetState state;

        Follower scrape(TargetScrape scrape) {
            return scrape(scrape, scrape.timeMillis(), Jump.NONE);
        }

        Follower scrape(TargetScrape scrape, long appendMillis, Jump jump) {
            state = tracker.onScrape(state, scrape, appendMillis, 5_000, 0, jump, found);
            return this;
        }

        Follower time(long seconds, Jump jump) {
            if (state != null) {
                state = tracker.onTime(state, T0 + seconds * 1000, jump, found);
            }
            return this;
        }
    }
}
