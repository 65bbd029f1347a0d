package io.vedette.alerts.message;

import io.vedette.alerts.channel.Language;
import io.vedette.model.alert.AlertEvent;
import io.vedette.model.entity.Entity;
import io.vedette.model.entity.EntityKind;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the shipped rules say, in another language. An event carries its rule's sentences in English, filled: the sentence is recognised, and the same
 * values are filled into its translation. So events need no language, those of an earlier version can be translated, and what a user has written stays as
 * it is. Immutable.
 */
public final class Translations {
    /** What an XID means stands behind its number. */
    private static final Pattern NUMBERED = Pattern.compile("XID \\d+: ");

    private final Language language;
    private final Map<String, List<Pair>> byRule;
    private final Map<String, String> phrases;

    /** A sentence in English, and in the other language. */
    private record Pair(Sentence english, Sentence translated) {}

    /** A rule's words for an event. */
    public record Said(String summary, String action) {}

    private Translations(Language language, Map<String, List<Pair>> byRule, Map<String, String> phrases) {
        this.language = language;
        this.byRule = byRule;
        this.phrases = phrases;
    }

    /** The translations that come with Vedette: the file {@code rules/zh.yaml} of the release for Chinese, none for English. */
    public static Translations shipped(Language language) {
        if (language == Language.ENGLISH) {
            return new Translations(language, Map.of(), Map.of());
        }
        String file = "rules/" + language.word() + ".yaml";
        try (InputStream in = Translations.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the release lacks " + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return read(YamlValue.parse(file, text).orElseThrow(), language);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file of translations.
     *
     * @throws io.vedette.model.yaml.ConfigurationException when it isn't as it should be
     */
    static Translations read(YamlValue file, Language language) {
        Map<String, YamlValue> keys = file.mapping(Set.of("rules", "phrases"));
        YamlValue rules = keys.get("rules");
        if (rules == null) {
            throw file.mistake("'rules' is missing");
        }
        Map<String, List<Pair>> byRule = new LinkedHashMap<>();
        rules.mapping().forEach((id, sentences) -> {
            List<Pair> pairs = new ArrayList<>();
            for (YamlValue sentence : sentences.sequence()) {
                pairs.add(pair(sentence, language));
            }
            byRule.put(id, List.copyOf(pairs));
        });
        Map<String, String> phrases = new HashMap<>();
        YamlValue translated = keys.get("phrases");
        if (translated != null) {
            translated.mapping().forEach((english, phrase) -> phrases.put(english.strip(), phrase.string()));
        }
        return new Translations(language, byRule, phrases);
    }

    private static Pair pair(YamlValue both, Language language) {
        Map<String, YamlValue> texts = both.mapping(Set.of(Language.ENGLISH.word(), language.word()));
        YamlValue english = texts.get(Language.ENGLISH.word());
        YamlValue translated = texts.get(language.word());
        if (english == null || translated == null) {
            throw both.mistake("a sentence has '" + Language.ENGLISH.word() + "' and '" + language.word() + "'");
        }
        Pair pair = new Pair(Sentence.parse(english.string()), Sentence.parse(translated.string()));
        for (String place : pair.translated().places()) {
            if (!pair.english().places().contains(place)) {
                throw translated.mistake("'{" + place + "}' is not in the English sentence");
            }
        }
        return pair;
    }

    /** A rule's words for an event: empty where there is no translation of all of them. */
    public Optional<Said> of(AlertEvent event) {
        List<Pair> pairs = byRule.getOrDefault(event.alertname(), List.of());
        Optional<String> summary = translated(event.summary(), pairs, event.entity());
        Optional<String> action = translated(event.action(), pairs, event.entity());
        return summary.isEmpty() || action.isEmpty()
                ? Optional.empty()
                : Optional.of(new Said(summary.get(), action.get()));
    }

    private Optional<String> translated(String said, List<Pair> pairs, Entity entity) {
        if (said.isEmpty()) {
            return Optional.of("");
        }
        for (Pair pair : pairs) {
            Optional<Map<String, String>> filled = pair.english().read(said);
            if (filled.isPresent()) {
                Map<String, String> values = new HashMap<>();
                filled.get().forEach((place, value) -> values.put(place, word(place, value, entity)));
                return Optional.of(pair.translated().fill(values));
            }
        }
        return Optional.empty();
    }

    private String word(String place, String value, Entity entity) {
        String model = Phrase.MODEL.in(Language.ENGLISH, entity.modelName());
        if (place.equals("entity") && entity.kind() == EntityKind.MODEL && value.startsWith(model)) {
            return Phrase.MODEL.in(language, entity.modelName()) + value.substring(model.length());
        }
        if (value.equals(Phrase.VALUE_UNKNOWN.in(Language.ENGLISH))) {
            return Phrase.VALUE_UNKNOWN.in(language);
        }
        Matcher numbered = NUMBERED.matcher(value);
        String number = numbered.lookingAt() ? numbered.group() : "";
        String phrase = phrases.get(value.substring(number.length()));
        return phrase == null ? value : number + phrase;
    }
}
