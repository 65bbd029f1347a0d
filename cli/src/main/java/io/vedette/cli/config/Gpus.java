package io.vedette.cli.config;

import io.vedette.ingest.scrape.TargetSettings;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.util.List;

/** Reads {@code gpus:}, the cards of a replica: {@code [0, 1]}, or UUIDs. */
public final class Gpus {
    private Gpus() {}

    /**
     * The cards of a list.
     *
     * @throws ConfigurationException when one is neither an index nor a UUID
     */
    public static List<String> read(YamlValue list) {
        return list.sequence().stream()
                .map(gpu -> {
                    try {
                        TargetSettings.checkGpu(gpu.string().strip());
                        return gpu.string().strip();
                    } catch (IllegalArgumentException e) {
                        throw gpu.mistake(String.valueOf(e.getMessage()).replaceFirst("^gpus: ", ""));
                    }
                })
                .toList();
    }
}
