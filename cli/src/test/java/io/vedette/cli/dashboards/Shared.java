package io.vedette.cli.dashboards;

import io.vedette.model.yaml.YamlValue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What descriptions of dashboards share, from {@code common.yaml}: snippets of expressions, and what numbers are shown as.
 *
 * @param snippets by name; {@code %name%} in a text stands for one
 * @param mappings by name
 */
record Shared(Map<String, String> snippets, Map<String, YamlValue> mappings) {
    private static final Pattern SNIPPET = Pattern.compile("%([a-z_]+)%");

    static Shared read(Path file) {
        YamlFields parts = YamlFields.of(YamlValue.read(file).orElseThrow(), Set.of("snippets", "mappings"));
        return new Shared(Map.of(), parts.get("mappings").mapping())
                .with(parts.get("snippets").mapping());
    }

    /** These and a dashboard's own snippets. */
    Shared with(Map<String, YamlValue> more) {
        Map<String, String> all = new HashMap<>(snippets);
        more.forEach((name, text) -> all.put(name, text.string()));
        return new Shared(Map.copyOf(all), mappings);
    }

    /** The text with snippets in the place of their names, also of those within snippets. */
    String expand(YamlValue text) {
        return expand(text, text.string());
    }

    /**
     * The same of a text that is not in the description.
     *
     * @param place where a mistake is told
     */
    String expand(YamlValue place, String text) {
        return SNIPPET.matcher(text).replaceAll(found -> {
            String snippet = snippets.get(found.group(1));
            if (snippet == null) {
                throw place.mistake("there is no snippet %" + found.group(1) + '%');
            }
            return Matcher.quoteReplacement(expand(place, snippet));
        });
    }
}
