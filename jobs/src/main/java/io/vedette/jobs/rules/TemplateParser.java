package io.vedette.jobs.rules;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.NearestName;
import io.vedette.model.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Reads summaries and actions: text with names and expressions in braces. */
final class TemplateParser {
    private final Map<String, TypedNumber> numbers;
    private final Map<String, String> texts;
    private final BiFunction<YamlValue, String, TypedNumber> expressions;

    /**
     * @param numbers names that stand for numbers of the rule
     * @param texts names that stand for texts of the rule
     * @param expressions compiles anything else that stands in braces, or throws
     */
    TemplateParser(
            Map<String, TypedNumber> numbers,
            Map<String, String> texts,
            BiFunction<YamlValue, String, TypedNumber> expressions) {
        this.numbers = numbers;
        this.texts = texts;
        this.expressions = expressions;
    }

    /** @throws ConfigurationException when a brace is not closed or what stands in braces means nothing */
    Template parse(YamlValue where) {
        String text = where.string().strip();
        List<Template.Part> parts = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int open = text.indexOf('{', from);
            if (open < 0) {
                break;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw where.mistake("'{' without '}' in: " + text.substring(open));
            }
            if (open > from) {
                parts.add(new Template.Text(text.substring(from, open)));
            }
            parts.add(part(where, text.substring(open + 1, close).strip(), text.substring(close + 1)));
            from = close + 1;
        }
        if (from < text.length()) {
            parts.add(new Template.Text(text.substring(from)));
        }
        return new Template(parts);
    }

    private Template.Part part(YamlValue where, String name, String rest) {
        if (texts.containsKey(name)) {
            return new Template.Text(texts.get(name));
        }
        Optional<Template.Field> field = Arrays.stream(Template.Field.values())
                .filter(f -> f.word().equals(name))
                .findFirst();
        if (field.isPresent()) {
            return new Template.Named(field.get());
        }
        requireMeaning(where, name);
        TypedNumber number = numbers.containsKey(name) ? numbers.get(name) : expressions.apply(where, name);
        return new Template.Measured(number.expr(), number.measure(), goesOnWithUnit(rest, number.measure()));
    }

    /** A single word that means nothing was meant to be one of the names here, rather than a signal. */
    private void requireMeaning(YamlValue where, String name) {
        if (!name.matches("\\w+")
                || numbers.containsKey(name)
                || Vocabulary.WORDS.variable(name).isPresent()) {
            return;
        }
        List<String> ours = new ArrayList<>(numbers.keySet());
        ours.addAll(texts.keySet());
        Arrays.stream(Template.Field.values()).map(Template.Field::word).forEach(ours::add);
        throw where.mistake("unknown name '{" + name + "}'"
                + NearestName.of(name, ours)
                        .map(meant -> "; did you mean '{" + meant + "}'?")
                        .orElseGet(() ->
                                "; known: " + String.join(", ", ours) + ", and every expression of the language"));
    }

    private static boolean goesOnWithUnit(String rest, Measure measure) {
        return switch (measure) {
            case SECONDS -> rest.matches("(?s) ?(s|seconds)\\b.*");
            case RATIO -> rest.matches("(?s) ?(%|percent\\b).*");
            case TOKENS -> rest.matches("(?s) tokens\\b.*");
            case PER_SECOND -> rest.matches("(?s) ?/ ?s\\b.*|(?s) per second\\b.*");
            case COUNT, ANY -> false;
        };
    }
}
