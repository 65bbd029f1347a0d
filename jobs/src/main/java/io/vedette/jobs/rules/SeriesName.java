package io.vedette.jobs.rules;

import io.vedette.jobs.rules.HistogramReading.Observed;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.series.Series;
import io.vedette.model.series.SeriesCatalogue;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.PrometheusDuration;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Names the derived series that shows what a rule reads, as in PromQL: {@code vedette_replica_requests_running_max{window="1m"}}. */
final class SeriesName {
    private static final Set<Signal> GAUGES_WITH_STATISTICS =
            EnumSet.of(Signal.REQUESTS_RUNNING, Signal.REQUESTS_WAITING, Signal.KV_CACHE_USAGE);
    private static final Set<Signal> COUNTERS_WITH_RATES =
            EnumSet.of(Signal.PROMPT_TOKENS, Signal.GENERATION_TOKENS, Signal.PREEMPTIONS);

    private SeriesName() {}

    /** The series of a kind of entity; empty where none shows just that. */
    static Optional<String> of(Reading reading, EntityKind kind) {
        return withoutPrefix(reading, kind)
                .map(name -> Series.prefix(kind) + name)
                .filter(name -> isShown(name, kind));
    }

    private static boolean isShown(String written, EntityKind kind) {
        int labels = written.indexOf('{');
        return SeriesCatalogue.find(labels < 0 ? written : written.substring(0, labels))
                .filter(series -> series.kind() == kind)
                .isPresent();
    }

    private static Optional<String> withoutPrefix(Reading reading, EntityKind kind) {
        if (kind == EntityKind.GPU || kind == EntityKind.NODE || kind == EntityKind.REPLICA_GPUS) {
            return ofCards(reading);
        }
        if (reading instanceof Reading.GaugeNow now) {
            return Optional.of(name(now.signal(), ""));
        }
        if (reading instanceof Reading.GaugeOver over && GAUGES_WITH_STATISTICS.contains(over.signal())) {
            return Optional.of(
                    name(over.signal(), over.largest() ? "_max" : "_mean") + labels(over.windowMillis(), ""));
        }
        if (reading instanceof Reading.CounterOver counter && counter.perSecond()) {
            return ofCounter(counter);
        }
        if (reading instanceof HistogramReading histogram && histogram.source() instanceof Observed observed) {
            return ofHistogram(histogram, observed.signal());
        }
        if (reading instanceof OutcomeReading outcome) {
            return Optional.of(outcome.outcome().word() + labels(outcome.windowMillis(), ""));
        }
        if (reading instanceof FailureReading failures && failures.perSecond() && failures.source() != null) {
            return Optional.of("request_failures_per_second"
                    + labels(failures.windowMillis(), ",source=\"" + failures.source() + '"'));
        }
        return reading instanceof Reading.OfEntity property ? ofEntity(property, kind) : Optional.empty();
    }

    private static Optional<String> ofCards(Reading reading) {
        if (reading instanceof Reading.GaugeNow now) {
            return Optional.of(name(now.signal(), ""));
        }
        if (reading instanceof Reading.GaugeOver over) {
            boolean together = over.signal().subject() == Signal.Subject.CARDS;
            String statistic = together ? "" : over.largest() ? "_max" : "_mean";
            return Optional.of(name(over.signal(), statistic) + labels(over.windowMillis(), ""));
        }
        return reading instanceof Reading.CounterOver counter && counter.dimension() != null
                ? ofCardsCounter(counter, counter.dimension())
                : Optional.empty();
    }

    private static Optional<String> ofCardsCounter(Reading.CounterOver counter, String dimension) {
        return switch (counter.signal()) {
            case CLOCKS_EVENT ->
                Optional.of("clocks_event_ratio" + labels(counter.windowMillis(), ",reason=\"" + dimension + '"'));
            case XID_EVENTS -> Optional.of("xid_events" + labels(counter.windowMillis(), ",xid=\"" + dimension + '"'));
            default -> Optional.empty();
        };
    }

    private static Optional<String> ofCounter(Reading.CounterOver counter) {
        if (counter.signal() == Signal.FINISHED_REQUESTS && counter.dimension() != null) {
            return Optional.of("finished_requests_per_second"
                    + labels(counter.windowMillis(), ",reason=\"" + counter.dimension() + '"'));
        }
        return COUNTERS_WITH_RATES.contains(counter.signal())
                ? Optional.of(counter.signal().signalName() + "_per_second" + labels(counter.windowMillis(), ""))
                : Optional.empty();
    }

    private static Optional<String> ofHistogram(HistogramReading reading, Signal signal) {
        if (signal == Signal.REQUEST_COMPUTED_TOKENS) {
            return Optional.empty();
        }
        return switch (reading.statistic()) {
            case QUANTILE ->
                Optional.of(name(signal, "") + labels(reading.windowMillis(), ",quantile=\"" + rank(reading) + '"'));
            case MEAN -> Optional.of(name(signal, "_mean") + labels(reading.windowMillis(), ""));
            case OBSERVATIONS ->
                Optional.of(signal.signalName() + "_observations" + labels(reading.windowMillis(), ""));
            default -> Optional.empty();
        };
    }

    private static String rank(HistogramReading reading) {
        return reading.argument() instanceof NumberExpr.Constant rank ? Numerals.plain(rank.value()) : "";
    }

    private static Optional<String> ofEntity(Reading.OfEntity reading, EntityKind kind) {
        boolean replica = kind == EntityKind.REPLICA;
        return switch (reading.property()) {
            case UP -> replica ? Optional.of("up") : Optional.empty();
            case MEMBERS -> replica ? Optional.empty() : Optional.of("replicas");
            case MEMBERS_UP -> replica ? Optional.empty() : Optional.of("replicas_up");
            case PROMPT_LIMIT,
                    MIN_REPLICAS,
                    RESTARTS,
                    STATE_AGE,
                    DOWN_AGE,
                    BLIND_RULES,
                    PROCESS_AGE,
                    FINISHED_SINCE_START -> Optional.empty();
        };
    }

    private static String name(Signal signal, String statistic) {
        return signal.signalName() + statistic + signal.unit().suffix();
    }

    private static String labels(long windowMillis, String more) {
        return "{window=\"" + PrometheusDuration.format(Duration.ofMillis(windowMillis)) + '"' + more + '}';
    }
}
