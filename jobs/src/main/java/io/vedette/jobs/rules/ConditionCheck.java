package io.vedette.jobs.rules;

import io.vedette.model.catalogue.CardMeaning;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.catalogue.Meaning;
import io.vedette.model.signal.Signal;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Doubts a condition that can be evaluated, but can never be true, or never be false, or reads what no engine shows. For one level of a rule. */
final class ConditionCheck {
    /** What Vedette works out by itself, whatever the engine shows. */
    private static final Set<Signal> OURS = EnumSet.of(
            Signal.PROGRESS_AGE,
            Signal.SCRAPE_DURATION,
            Signal.MEMORY_OVERHEAD,
            Signal.GPU_MEMORY_IMBALANCE,
            Signal.GPU_UTILIZATION_IMBALANCE,
            Signal.GPU_UTILIZATION_PEAK);

    /** What vLLM says in its label {@code finished_reason}. */
    private static final List<String> FINISH_REASONS = List.of("stop", "length", "abort", "error", "repetition");

    /** Nothing but a whole answer takes that long where anybody waits for it. */
    private static final double LIKELY_MILLIS = 100;

    private static final Set<Signal> WHOLE_ANSWER = EnumSet.of(Signal.E2E_REQUEST_LATENCY, Signal.REQUEST_DECODE_TIME);

    private static final Set<Signal> SHOWN = shown();

    private final Set<EntityState> states;
    private final Findings findings;
    private final List<Compared> compared = new ArrayList<>();
    private final Map<Reading, Range> ranges = new HashMap<>();
    private final List<Used> used = new ArrayList<>();

    ConditionCheck(Set<EntityState> states, Findings findings) {
        this.states = states;
        this.findings = findings;
    }

    private static Set<Signal> shown() {
        Set<Signal> shown = Catalogue.shipped().meanings().values().stream()
                .flatMap(Collection::stream)
                .map(Meaning::signal)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Signal.class)));
        Catalogue.shipped().cardMeanings().values().stream()
                .flatMap(Collection::stream)
                .map(CardMeaning::signal)
                .forEach(shown::add);
        shown.addAll(OURS);
        return shown;
    }

    /** Takes what was met when a part of the condition was compiled. */
    void add(ExpressionCompiler compiler) {
        compared.addAll(compiler.compared());
        for (Used word : compiler.used()) {
            used.add(word);
            ranges.put(word.reading(), inState(word.reading(), word.word().range()));
        }
    }

    /** Where a reading can lie while the rule applies: an entity whose scrapes have failed for a minute is down, one that is not awake sleeps. */
    private Range inState(Reading reading, Range range) {
        boolean down = states.contains(EntityState.DOWN) || states.contains(EntityState.STARTING);
        if (!down && reading instanceof Reading.OfEntity of && of.property() == Reading.Property.DOWN_AGE) {
            return range.and(new Range(0, Math.nextDown(60.0)));
        }
        if (!states.contains(EntityState.SLEEPING)
                && reading instanceof Reading.GaugeNow now
                && now.signal() == Signal.AWAKE) {
            return range.and(new Range(Math.nextUp(0.0), 1));
        }
        return range;
    }

    /** @param where the condition stands */
    void run(TruthExpr condition, YamlValue where) {
        used.forEach(this::doubtUnseen);
        Possible possible = new Possible(ranges);
        boolean canBeTrue = possible.canBe(condition, true);
        for (Compared comparison : compared) {
            if (possible.neverHeld(comparison.truth())) {
                findings.doubt(comparison.mistake(
                        (canBeTrue ? "this can never be true: " : "the condition can never be true: ")
                                + "what stands left lies "
                                + possible.left(comparison.truth()).described() + ", what stands right "
                                + possible.right(comparison.truth()).described()
                                + hint(comparison)));
            }
        }
        if (!canBeTrue && compared.stream().noneMatch(c -> possible.neverHeld(c.truth()))) {
            findings.doubt(where.mistake("the condition can never be true"));
        }
        if (canBeTrue && !(condition instanceof TruthExpr.Literal) && !possible.canBe(condition, false)) {
            findings.doubt(where.mistake("the condition is true whenever it is known; an alert of it never ends"));
        }
    }

    /** Where readings of the condition can lie. */
    Map<Reading, Range> ranges() {
        return ranges;
    }

    /** Doubts limits of latencies that are so large in seconds that milliseconds were probably meant. */
    void doubtMillis() {
        for (Compared comparison : compared) {
            double limit = Math.max(
                    constant(comparison.part().left()),
                    constant(comparison.part().right()));
            boolean ofLatency = comparison.part().measure() == Measure.SECONDS
                    && comparison.reads().stream()
                            .anyMatch(reading -> reading instanceof HistogramReading of
                                    && !WHOLE_ANSWER.contains(of.source().needs()));
            if (ofLatency && limit >= LIKELY_MILLIS && Double.isFinite(limit)) {
                findings.doubt(comparison.mistake("a limit of " + Numerals.plain(limit) + " is in seconds: "
                        + Numerals.withUnit(limit, Measure.SECONDS) + "; for " + Numerals.plain(limit) + " ms write "
                        + Numerals.plain(limit / 1000)));
            }
        }
    }

    private static double constant(NumberExpr side) {
        return side instanceof NumberExpr.Constant constant && !Double.isNaN(constant.value())
                ? constant.value()
                : Double.NEGATIVE_INFINITY;
    }

    private String hint(Compared comparison) {
        @Nullable
        EntityState missing = comparison.reads().stream()
                .map(reading -> stateOf(reading))
                .filter(state -> state != null && !states.contains(state))
                .findFirst()
                .orElse(null);
        return missing == null
                ? ""
                : "; the rule applies only to what is "
                        + states.stream().map(EntityState::word).sorted().collect(Collectors.joining(", "))
                        + ": add '" + missing.word() + "' to states";
    }

    private static @Nullable EntityState stateOf(Reading reading) {
        if (reading instanceof Reading.OfEntity of && of.property() == Reading.Property.DOWN_AGE) {
            return EntityState.DOWN;
        }
        return reading instanceof Reading.GaugeNow now && now.signal() == Signal.AWAKE ? EntityState.SLEEPING : null;
    }

    private void doubtUnseen(Used word) {
        for (Signal signal : word.reading().needs().all()) {
            if (!SHOWN.contains(signal)) {
                findings.doubt(word.mistake("no engine that Vedette knows shows " + signal.signalName()
                        + ": what reads it is always unknown"));
            }
        }
        if (word.reading() instanceof Reading.CounterOver counter
                && counter.signal() == Signal.FINISHED_REQUESTS
                && counter.dimension() != null
                && !FINISH_REASONS.contains(counter.dimension())) {
            findings.doubt(word.mistake("no engine that Vedette knows has the finish reason '" + counter.dimension()
                    + "'" + NearestName.hint(counter.dimension(), FINISH_REASONS)));
        }
    }
}
