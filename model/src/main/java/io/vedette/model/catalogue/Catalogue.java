package io.vedette.model.catalogue;

import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What metric names mean: those of the engines that Vedette knows, and of engines that a user adds with a file of his own (see {@code vllm.yaml}
 * beside this class for its form). Immutable.
 */
public final class Catalogue implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> SHIPPED = List.of("vllm.yaml", "ray.yaml");

    private final LinkedHashMap<String, List<Meaning>> meanings;

    private Catalogue(List<Meaning> all) {
        LinkedHashMap<String, List<Meaning>> byMetric = new LinkedHashMap<>();
        for (Meaning meaning : all) {
            byMetric.computeIfAbsent(meaning.metric(), name -> new ArrayList<>())
                    .add(meaning);
        }
        byMetric.replaceAll((name, list) -> List.copyOf(list));
        this.meanings = byMetric;
    }

    /** The catalogue that comes with Vedette. */
    public static Catalogue shipped() {
        return Shipped.CATALOGUE;
    }

    /** Read once, since it never changes. */
    private static final class Shipped {
        private static final Catalogue CATALOGUE = read(List.of());
    }

    /**
     * The shipped catalogue and files of a user, whose alternatives come after it.
     *
     * @throws ConfigurationException when a file cannot be read or has a mistake
     */
    public static Catalogue load(List<Path> extra) {
        return extra.isEmpty() ? shipped() : read(extra);
    }

    private static Catalogue read(List<Path> extra) {
        CatalogueParser parser = new CatalogueParser();
        for (String name : SHIPPED) {
            parser.add(YamlValue.parse(name, resource(name))
                    .orElseThrow(() -> new IllegalStateException(name + " is empty")));
        }
        for (Path file : extra) {
            parser.add(YamlValue.read(file)
                    .orElseThrow(() -> new ConfigurationException(
                            file.toString(), "is empty; write engine, labels and signals into it, or leave it out")));
        }
        return new Catalogue(parser.meanings());
    }

    /** The meanings of a metric; empty for one that says nothing we need. */
    public List<Meaning> meanings(String metric) {
        return meanings.getOrDefault(metric, List.of());
    }

    /** All metrics that mean something, with their meanings. */
    public Map<String, List<Meaning>> meanings() {
        return Collections.unmodifiableMap(meanings);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
