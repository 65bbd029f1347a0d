package io.vedette.cli.capture;

import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.model.sample.Target;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code target.yaml} beside recorded scrapes: what was known of the target when they were made. */
final class CaptureTarget {
    private static final String FILE = "target.yaml";
    private static final Set<String> KEYS = Set.of("url", "labels", "node");
    private static final String INSTANCE = "instance";
    private static final String NODE = "node";
    private static final String UNKNOWN_URL = "http://replay/metrics";
    private static final String AGENT = "replay";

    private CaptureTarget() {}

    /**
     * The target of a capture, called like it; its label {@code instance} does not count.
     *
     * @throws ConfigurationException when the file is there and has a mistake
     */
    static Target read(String name, Path folder) {
        Path file = folder.resolve(FILE);
        Optional<YamlValue> description = Files.exists(file) ? YamlValue.read(file) : Optional.empty();
        Map<String, String> labels = new LinkedHashMap<>();
        String node = "";
        String url = UNKNOWN_URL;
        if (description.isPresent()) {
            Map<String, YamlValue> values = description.get().mapping(KEYS);
            YamlValue given = values.get("labels");
            if (given != null) {
                given.mapping().forEach((label, value) -> labels.put(label, value.string()));
            }
            node = text(values, NODE, node);
            url = text(values, "url", url);
        }
        labels.put(INSTANCE, name);
        labels.putIfAbsent(NODE, node);
        try {
            TargetSettings settings = TargetSettings.of(url);
            return new TargetSettings(
                            settings.url(),
                            labels,
                            settings.interval(),
                            settings.timeout(),
                            settings.credentials(),
                            settings.tls())
                    .target(AGENT, node, Map.of());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(file.toString(), String.valueOf(e.getMessage()));
        }
    }

    private static String text(Map<String, YamlValue> values, String key, String otherwise) {
        YamlValue value = values.get(key);
        return value == null ? otherwise : value.string();
    }
}
