package io.vedette.jobs.rules;

import io.vedette.jobs.rules.HistogramReading.Source;
import io.vedette.jobs.rules.HistogramReading.Statistic;
import io.vedette.jobs.xid.XidClass;
import io.vedette.model.signal.ClocksEvent;
import io.vedette.model.signal.Signal;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every name that a rule can read, and what it means. Immutable. */
final class Vocabulary {
    private static final NumberExpr NO_ARGUMENT = new NumberExpr.Constant(0);
    /** Counts of one thing. */
    private static final List<String> YES_OR_NO =
            List.of("up", "awake", "awake.mean", "awake.max", "lost", "lost.mean", "lost.max");

    private static final List<String> STATUS_CLASSES = List.of("1xx", "2xx", "3xx", "4xx", "5xx");
    private static final List<String> CLOCKS_EVENTS =
            Arrays.stream(ClocksEvent.values()).map(ClocksEvent::word).toList();

    /** The only one: the language is the same for all rules. */
    static final Vocabulary WORDS = new Vocabulary();

    /**
     * A name of the language.
     *
     * @param argument what a rank or limit in parentheses measures
     * @param texts what it may be given, where it takes a text; empty where that is the engine's choice
     * @param windowed whether it reads a window, and so can stand in {@code over}
     */
    record Word(
            String name,
            Takes takes,
            Measure measure,
            Measure argument,
            List<String> texts,
            boolean windowed,
            Factory factory) {
        /** How to write it. */
        String example() {
            return texts.isEmpty() ? name + takes.example() : name + "(\"" + texts.get(texts.size() - 1) + "\")";
        }

        /** Where its values lie. */
        Range range() {
            return YES_OR_NO.contains(name) ? Range.TO_ONE : Range.of(measure);
        }
    }

    /** Makes the reading of a word. */
    @FunctionalInterface
    interface Factory {
        Reading reading(Arguments arguments);
    }

    /**
     * What a word is given.
     *
     * @param number rank or limit; 0 where the word takes none
     * @param text dimension; null where none is given
     */
    record Arguments(NumberExpr number, @Nullable String text, long windowMillis) {
        static Arguments none(long windowMillis) {
            return new Arguments(NO_ARGUMENT, null, windowMillis);
        }
    }

    private final Map<String, Word> variables = new LinkedHashMap<>();
    private final Map<String, Word> functions = new LinkedHashMap<>();
    private final Map<String, Word> conditions = new LinkedHashMap<>();

    private Vocabulary() {
        Arrays.stream(Signal.values()).forEach(this::addSignal);
        addHistogram(new HistogramReading.Prefilled());
        for (OutcomeReading.Outcome outcome : OutcomeReading.Outcome.values()) {
            addVariable(outcome.word(), outcome.measure(), true, a -> new OutcomeReading(outcome, a.windowMillis()));
        }
        for (BaselineReading.Figure figure : BaselineReading.Figure.values()) {
            addVariable(figure.word(), figure.measure(), true, a -> new BaselineReading(figure, a.windowMillis()));
        }
        addFailures("growth", false);
        addFailures("per_second", true);
        for (Reading.Property property : Reading.Property.values()) {
            addVariable(property.word(), property.measure(), false, a -> new Reading.OfEntity(property));
        }
        for (XidReading.Span span : XidReading.Span.values()) {
            addXids(span);
        }
        addCondition("failure", ScrapeFailureReading.REASONS, false, a -> new ScrapeFailureReading(text(a)));
        addCondition("prompt_class", PromptClass.words(), true, a -> new PromptClassReading(text(a), a.windowMillis()));
    }

    private static String text(Arguments arguments) {
        return Objects.requireNonNull(arguments.text());
    }

    private void addCondition(String name, List<String> texts, boolean windowed, Factory factory) {
        conditions.put(name, new Word(name, Takes.DIMENSION, Measure.ANY, Measure.ANY, texts, windowed, factory));
    }

    private void addSignal(Signal signal) {
        String name = signal.signalName();
        Measure measure = Measure.of(signal.unit());
        if (signal.subject() == Signal.Subject.CARDS) {
            addVariable(name, measure, true, a -> new Reading.GaugeOver(signal, false, a.windowMillis()));
            return;
        }
        if (signal == Signal.CLOCKS_EVENT) {
            Factory factory = a -> new Reading.CounterOver(signal, text(a), true, a.windowMillis());
            addFunction(new Word(
                    name + ".ratio", Takes.DIMENSION, Measure.RATIO, Measure.ANY, CLOCKS_EVENTS, true, factory));
            return;
        }
        switch (signal.kind()) {
            case GAUGE -> {
                addVariable(name, measure, false, a -> new Reading.GaugeNow(signal));
                addVariable(name + ".mean", measure, true, a -> new Reading.GaugeOver(signal, false, a.windowMillis()));
                addVariable(name + ".max", measure, true, a -> new Reading.GaugeOver(signal, true, a.windowMillis()));
            }
            case COUNTER -> {
                addCounter(signal, name + ".growth", measure, false);
                addCounter(signal, name + ".per_second", Measure.PER_SECOND, true);
            }
            case HISTOGRAM -> addHistogram(new HistogramReading.Observed(signal));
        }
    }

    private void addCounter(Signal signal, String name, Measure measure, boolean perSecond) {
        Factory factory = a -> new Reading.CounterOver(signal, a.text(), perSecond, a.windowMillis());
        addVariable(name, measure, true, factory);
        if (signal == Signal.FINISHED_REQUESTS || signal == Signal.XID_EVENTS) {
            addFunction(new Word(name, Takes.DIMENSION, measure, Measure.ANY, List.of(), true, factory));
        }
        if (signal == Signal.HTTP_REQUESTS) {
            addFunction(new Word(name, Takes.DIMENSION, measure, Measure.ANY, STATUS_CLASSES, true, factory));
        }
    }

    private void addHistogram(Source source) {
        for (Statistic statistic : Statistic.values()) {
            String name = source.signalName() + '.' + statistic.word();
            Measure measure = statistic.measure(source.unit());
            Factory factory = a -> new HistogramReading(source, statistic, a.number(), a.windowMillis());
            if (statistic.takes() == Takes.NOTHING) {
                addVariable(name, measure, true, factory);
            } else {
                Measure argument = statistic.takes() == Takes.RANK ? Measure.RATIO : Measure.of(source.unit());
                addFunction(new Word(name, statistic.takes(), measure, argument, List.of(), true, factory));
            }
        }
    }

    private void addFailures(String statistic, boolean perSecond) {
        String name = "request_failures." + statistic;
        Measure measure = perSecond ? Measure.PER_SECOND : Measure.COUNT;
        Factory factory = a -> new FailureReading(a.text(), perSecond, a.windowMillis());
        addVariable(name, measure, true, factory);
        addFunction(new Word(name, Takes.DIMENSION, measure, Measure.ANY, FailureReading.SOURCES, true, factory));
    }

    private void addXids(XidReading.Span span) {
        String name = "xids." + span.word();
        Factory factory = a -> new XidReading(a.text(), span);
        addVariable(name, Measure.COUNT, false, factory);
        addFunction(new Word(name, Takes.DIMENSION, Measure.COUNT, Measure.ANY, XidClass.words(), false, factory));
    }

    private void addVariable(String name, Measure measure, boolean windowed, Factory factory) {
        variables.put(name, new Word(name, Takes.NOTHING, measure, Measure.ANY, List.of(), windowed, factory));
    }

    private void addFunction(Word word) {
        functions.put(word.name(), word);
    }

    /** A word that stands without parentheses. */
    Optional<Word> variable(String name) {
        return Optional.ofNullable(variables.get(name));
    }

    /** A word that stands with something in parentheses. */
    Optional<Word> function(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    /** A word that is true or false, with a text in parentheses. */
    Optional<Word> condition(String name) {
        return Optional.ofNullable(conditions.get(name));
    }

    Collection<Word> conditions() {
        return conditions.values();
    }

    Collection<Word> variables() {
        return variables.values();
    }

    Collection<Word> functions() {
        return functions.values();
    }

    /** All names with an example of how to write each, sorted. */
    Map<String, String> examples() {
        Map<String, String> examples = new TreeMap<>();
        functions.values().forEach(word -> examples.put(word.name(), word.example()));
        conditions.values().forEach(word -> examples.put(word.name(), word.example()));
        variables.values().forEach(word -> examples.put(word.name(), word.example()));
        return examples;
    }
}
