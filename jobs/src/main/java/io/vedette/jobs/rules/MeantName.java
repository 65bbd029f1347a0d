package io.vedette.jobs.rules;

import io.vedette.model.yaml.NearestName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds what was probably meant by a name that the language does not have, written as it would stand in an expression. */
final class MeantName {
    private static final Pattern PERCENTILE = Pattern.compile("[pPqQ](\\d{1,4})");

    /** What statistics are called elsewhere; the first one that the signal has is meant. */
    private static final Map<String, List<String>> ELSEWHERE = Map.of(
            "median", List.of("quantile(0.5)"),
            "max", List.of("quantile(1)"),
            "min", List.of("quantile(0)"),
            "avg", List.of("mean"),
            "average", List.of("mean"),
            "count", List.of("observations", "growth"),
            "total", List.of("observations", "growth"),
            "increase", List.of("growth"),
            "rate", List.of("per_second"));

    private final Map<String, String> examples = Vocabulary.WORDS.examples();
    private final @Nullable String argument;

    /** @param argument what stands in parentheses behind the name; null where nothing does */
    MeantName(@Nullable String argument) {
        this.argument = argument;
    }

    Optional<String> of(String name, Collection<String> parameters) {
        if (name.equals("not")) {
            return Optional.of(Operators.NOT.written());
        }
        int point = name.lastIndexOf('.');
        String signal = point < 0 ? "" : name.substring(0, point);
        Optional<String> meant = signal(signal).flatMap(of -> statistic(of, name.substring(point + 1)));
        // Of a signal that there is, no other one is meant.
        return meant.isPresent() || signals().contains(signal) ? meant : nearest(name, parameters);
    }

    private Optional<String> nearest(String name, Collection<String> parameters) {
        List<String> candidates = new ArrayList<>(parameters);
        candidates.addAll(examples.keySet());
        candidates.addAll(Operators.functionNames());
        return NearestName.of(name, candidates).map(this::written);
    }

    private Optional<String> signal(String name) {
        return signals().contains(name) ? Optional.of(name) : NearestName.of(name, signals());
    }

    private List<String> signals() {
        return examples.keySet().stream()
                .filter(word -> word.contains("."))
                .map(word -> word.substring(0, word.lastIndexOf('.')))
                .distinct()
                .toList();
    }

    private Optional<String> statistic(String signal, String name) {
        List<String> ofSignal = examples.keySet().stream()
                .filter(word -> word.startsWith(signal + '.'))
                .map(word -> word.substring(signal.length() + 1))
                .toList();
        if (ofSignal.contains(name)) {
            return Optional.of(written(signal + '.' + name));
        }
        Matcher percentile = PERCENTILE.matcher(name);
        List<String> elsewhere = percentile.matches()
                ? List.of("quantile(" + rank(percentile.group(1)) + ')')
                : ELSEWHERE.getOrDefault(name, List.of());
        return elsewhere.stream()
                .filter(meant -> ofSignal.contains(meant.replaceFirst("\\(.*", "")))
                .map(meant -> signal + '.' + meant)
                .findFirst()
                .or(() -> NearestName.of(name, ofSignal).map(near -> written(signal + '.' + near)));
    }

    /** {@code p95} and {@code p999} are read as people say them. */
    private static String rank(String percentile) {
        double rank = percentile.equals("100")
                ? 1
                : Double.parseDouble((percentile.length() == 1 ? "0.0" : "0.") + percentile);
        return Numerals.plain(rank);
    }

    private String written(String word) {
        return argument != null && Vocabulary.WORDS.function(word).isPresent()
                ? word + '(' + argument + ')'
                : examples.getOrDefault(word, word);
    }
}
