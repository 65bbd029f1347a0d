package io.vedette.alerts.channel;

import io.vedette.model.yaml.YamlValue;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/** Reads how messages are worded: under {@code alerts:} for all channels, and in a channel for that one. */
public final class WordingConfiguration {
    /** The keys that are read here. */
    public static final Set<String> KEYS = Set.of("language", "timezone", "dashboard_url");

    private WordingConfiguration() {}

    /**
     * Reads the keys that are there.
     *
     * @param place of the mapping
     * @param usual what stands where a key is missing
     */
    public static Wording read(YamlValue place, Map<String, YamlValue> values, Wording usual) {
        Keys keys = new Keys(place, values);
        return new Wording(
                keys.word(
                                "language",
                                Language::ofWord,
                                Arrays.stream(Language.values())
                                        .map(Language::word)
                                        .toList())
                        .orElse(usual.language()),
                keys.get("timezone").map(WordingConfiguration::zone).orElse(usual.zone()),
                keys.get("dashboard_url").map(WordingConfiguration::link).or(usual::dashboard));
    }

    private static ZoneId zone(YamlValue zone) {
        try {
            return ZoneId.of(zone.string());
        } catch (DateTimeException e) {
            throw zone.mistake("unknown time zone '" + zone.string() + "'; write one such as Asia/Shanghai or UTC");
        }
    }

    private static LinkTemplate link(YamlValue address) {
        try {
            return new LinkTemplate(address.string());
        } catch (IllegalArgumentException e) {
            throw address.mistake(String.valueOf(e.getMessage()));
        }
    }
}
