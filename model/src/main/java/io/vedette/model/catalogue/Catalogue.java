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
import java.util.function.Function;

/**
 * What metric names mean: those of the engines and of the programs that show cards which Vedette knows, and of those that a user adds with a file of
 * his own (see {@code vllm.yaml} and {@code dcgm.yaml} beside this class for their form). Immutable.
 */
public final class Catalogue implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final List<String> SHIPPED =
            List.of("vllm.yaml", "ray.yaml", "dcgm.yaml", "nvidia-smi.yaml", "triton.yaml");

    private final LinkedHashMap<String, List<Meaning>> meanings;
    private final LinkedHashMap<String, List<CardMeaning>> cardMeanings;
    private final LinkedHashMap<String, CardLabels> cardDescriptions;

    private Catalogue(CatalogueParser parsed) {
        this.meanings = new LinkedHashMap<>(byMetric(parsed.meanings(), Meaning::metric));
        this.cardMeanings = new LinkedHashMap<>(byMetric(parsed.cards().meanings(), CardMeaning::metric));
        this.cardDescriptions = new LinkedHashMap<>(parsed.cards().descriptions());
    }

    private static <M> Map<String, List<M>> byMetric(List<M> all, Function<M, String> metric) {
        Map<String, List<M>> byMetric = new LinkedHashMap<>();
        for (M meaning : all) {
            byMetric.computeIfAbsent(metric.apply(meaning), name -> new ArrayList<>())
                    .add(meaning);
        }
        byMetric.replaceAll((name, list) -> List.copyOf(list));
        return byMetric;
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
        return new Catalogue(parser);
    }

    /** The meanings of a metric; empty for one that says nothing we need. */
    public List<Meaning> meanings(String metric) {
        return meanings.getOrDefault(metric, List.of());
    }

    /** All metrics that mean something, with their meanings. */
    public Map<String, List<Meaning>> meanings() {
        return Collections.unmodifiableMap(meanings);
    }

    /** All metrics that mean something about cards, with their meanings. */
    public Map<String, List<CardMeaning>> cardMeanings() {
        return Collections.unmodifiableMap(cardMeanings);
    }

    /** Metrics whose labels say what a card is called, whatever their value. */
    public Map<String, CardLabels> cardDescriptions() {
        return Collections.unmodifiableMap(cardDescriptions);
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
