package io.vedette.jobs.rules;

import io.vedette.model.frame.Frame;
import io.vedette.model.frame.GaugeStats;
import io.vedette.model.frame.Window;
import io.vedette.model.signal.Signal;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** One thing that a rule reads from a situation. Immutable; equal readings share their value within a frame. */
interface Reading extends Serializable {
    /** The value; NaN when it is unknown. Never throws. */
    double read(Scope scope);

    /** What the engine must show for it. */
    default Needs needs() {
        return Needs.NOTHING;
    }

    /** A gauge as of the newest scrape. */
    record GaugeNow(Signal signal) implements Reading {
        @Override
        public double read(Scope scope) {
            return scope.gauges().get(signal);
        }

        @Override
        public Needs needs() {
            return Needs.of(signal);
        }
    }

    /** Mean or largest value of a gauge over a window. */
    record GaugeOver(Signal signal, boolean largest, long windowMillis) implements Reading {
        @Override
        public double read(Scope scope) {
            Window window = scope.window(windowMillis);
            GaugeStats stats = window == null ? null : window.gauges().get(signal);
            return stats == null ? Double.NaN : largest ? stats.max() : stats.mean();
        }

        @Override
        public Needs needs() {
            return Needs.of(signal);
        }
    }

    /** Growth of a counter over a window, in one dimension or, where that is null, in all. */
    record CounterOver(Signal signal, @Nullable String dimension, boolean perSecond, long windowMillis)
            implements Reading {
        @Override
        public double read(Scope scope) {
            Window window = scope.window(windowMillis);
            if (window == null) {
                return Double.NaN;
            }
            double growth = dimension == null ? window.growthOf(signal) : window.growthOf(signal, dimension);
            return perSecond ? window.perSecond(growth) : growth;
        }

        @Override
        public Needs needs() {
            return Needs.of(signal);
        }
    }

    /** What is known of the entity itself. */
    record OfEntity(Property property) implements Reading {
        @Override
        public double read(Scope scope) {
            Situation situation = scope.situation();
            return switch (property) {
                case UP -> situation.frame().up();
                case PROMPT_LIMIT -> situation.frame().promptLimit();
                case RESTARTS -> situation.frame().life().restarts();
                case STATE_AGE -> situation.stateAgeSeconds();
                case DOWN_AGE -> situation.downAgeSeconds();
                case MEMBERS -> situation.frame().members();
                case MEMBERS_UP -> situation.frame().membersUp();
                case MIN_REPLICAS -> scope.facts().minReplicas();
                case BLIND_RULES -> scope.blind().count();
                case PROCESS_AGE -> processAge(situation.frame());
                case FINISHED_SINCE_START -> situation.frame().life().finishedSinceStart();
            };
        }

        private static double processAge(Frame frame) {
            long start = frame.life().processStartMillis();
            return start == 0 ? Double.NaN : Math.max(0, frame.tickMillis() - start) / 1000.0;
        }
    }

    /** Names that speak of an entity as a whole. */
    enum Property {
        UP("up", Measure.COUNT),
        PROMPT_LIMIT("prompt_limit", Measure.TOKENS),
        RESTARTS("restarts", Measure.COUNT),
        STATE_AGE("state_age", Measure.SECONDS),
        DOWN_AGE("down_age", Measure.SECONDS),
        MEMBERS("members", Measure.COUNT),
        MEMBERS_UP("members_up", Measure.COUNT),
        MIN_REPLICAS("min_replicas", Measure.COUNT),
        /** Rules that lack a signal that they need. */
        BLIND_RULES("blind_rules", Measure.COUNT),
        /** Since the engine's process started, by its own word. */
        PROCESS_AGE("process_age", Measure.SECONDS),
        /** Requests that finished since then. */
        FINISHED_SINCE_START("finished_since_start", Measure.COUNT);

        private final String word;
        private final Measure measure;

        Property(String word, Measure measure) {
            this.word = word;
            this.measure = measure;
        }

        String word() {
            return word;
        }

        Measure measure() {
            return measure;
        }
    }
}
