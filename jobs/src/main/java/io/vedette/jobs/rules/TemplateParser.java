package io.vedette.jobs.rules;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Reads summaries and actions: text with names and expressions in braces. */
final class TemplateParser {
    private static final Set<String> MEASURED = Set.of("value", "threshold");

    private final Map<String, TypedNumber> numbers;
    private final Map<String, String> texts;
    private final Expressions expressions;
    private final Consumer<ConfigurationException> mistakes;
    private final Set<String> used = new HashSet<>();

    /** Compiles an expression that stands at an offset of a value, or throws. */
    @FunctionalInterface
    interface Expressions {
        TypedNumber number(YamlValue where, String text, int offset);
    }

    /**
     * @param numbers names that stand for numbers of the rule
     * @param texts names that stand for texts of the rule
     * @param expressions compiles anything else that stands in braces
     * @param mistakes is told what in braces means nothing
     */
    TemplateParser(
            Map<String, TypedNumber> numbers,
            Map<String, String> texts,
            Expressions expressions,
            Consumer<ConfigurationException> mistakes) {
        this.numbers = numbers;
        this.texts = texts;
        this.expressions = expressions;
        this.mistakes = mistakes;
    }

    /** Names of numbers that templates have used so far. */
    Set<String> used() {
        return used;
    }

    /** @throws ConfigurationException when a brace is not closed */
    Template parse(YamlValue where) {
        String text = where.string().stripTrailing();
        return new Template(
                parts(where, text, text.length() - text.stripLeading().length(), text.length()));
    }

    private List<Template.Part> parts(YamlValue where, String text, int from, int to) {
        List<Template.Part> parts = new ArrayList<>();
        int said = from;
        int at = from;
        while (at < to) {
            boolean isPlace = text.charAt(at) == '{';
            int close = isPlace ? placeEnd(where, text, at) : clauseEnd(text, at);
            if (close < 0) {
                at++;
                continue;
            }
            addText(text, said, at, parts);
            if (isPlace) {
                addPlace(where, text, at, close, parts);
            } else {
                parts.add(new Template.Clause(parts(where, text, at + 1, close)));
            }
            at = close + 1;
            said = at;
        }
        addText(text, said, to, parts);
        return parts;
    }

    private static int placeEnd(YamlValue where, String text, int open) {
        int close = text.indexOf('}', open);
        if (close < 0) {
            throw where.mistakeAt(open, "'{' without '}' in: " + text.substring(open));
        }
        return close;
    }

    /** Where a clause that begins here ends; below 0 where none does. Brackets around plain text or other brackets are plain text. */
    private static int clauseEnd(String text, int open) {
        if (text.charAt(open) != '[') {
            return -1;
        }
        boolean hasPlace = false;
        int at = open + 1;
        while (at < text.length() && text.charAt(at) != '[' && text.charAt(at) != ']') {
            hasPlace |= text.charAt(at) == '{';
            at++;
        }
        return hasPlace && at < text.length() && text.charAt(at) == ']' ? at : -1;
    }

    private static void addText(String text, int from, int to, List<Template.Part> parts) {
        if (from < to) {
            parts.add(new Template.Text(text.substring(from, to)));
        }
    }

    private void addPlace(YamlValue where, String text, int open, int close, List<Template.Part> parts) {
        try {
            parts.add(part(where, text.substring(open + 1, close), open + 1, text.substring(close + 1)));
        } catch (ConfigurationException e) {
            mistakes.accept(e);
        }
    }

    private Template.Part part(YamlValue where, String inside, int offset, String rest) {
        String name = inside.strip();
        if (texts.containsKey(name)) {
            return new Template.Text(texts.get(name));
        }
        Optional<Template.Field> field = Arrays.stream(Template.Field.values())
                .filter(f -> f.word().equals(name))
                .findFirst();
        if (field.isPresent()) {
            return new Template.Named(field.get());
        }
        int at = offset + inside.length() - inside.stripLeading().length();
        requireMeaning(where, name, at);
        used.add(name);
        TypedNumber number = numbers.containsKey(name) ? numbers.get(name) : expressions.number(where, name, at);
        return new Template.Measured(number.expr(), number.measure(), goesOnWithUnit(rest, number.measure()));
    }

    /** A single word that means nothing was meant to be one of the names here, rather than a signal. */
    private void requireMeaning(YamlValue where, String name, int offset) {
        if (!name.matches("\\w+")
                || numbers.containsKey(name)
                || Vocabulary.WORDS.variable(name).isPresent()) {
            return;
        }
        if (MEASURED.contains(name)) {
            throw where.mistakeAt(
                    offset, "'{" + name + "}' stands here, and there is no '" + name + "'; write it beside 'when'");
        }
        List<String> ours = new ArrayList<>(numbers.keySet());
        ours.addAll(texts.keySet());
        Arrays.stream(Template.Field.values()).map(Template.Field::word).forEach(ours::add);
        throw where.mistakeAt(
                offset,
                "unknown name '{" + name + "}'"
                        + NearestName.of(name, ours)
                                .map(meant -> "; did you mean '{" + meant + "}'?")
                                .orElseGet(() -> "; known: " + String.join(", ", ours)
                                        + ", and every expression of the language"));
    }

    private static boolean goesOnWithUnit(String rest, Measure measure) {
        return switch (measure) {
            case SECONDS -> rest.matches("(?s) ?(s|seconds)\\b.*");
            case RATIO -> rest.matches("(?s) ?(%|percent\\b).*");
            case TOKENS -> rest.matches("(?s) tokens\\b.*");
            case PER_SECOND -> rest.matches("(?s) ?/ ?s\\b.*|(?s) per second\\b.*");
            case BYTES, CELSIUS, WATTS, HERTZ, COUNT, ANY -> false;
        };
    }
}
