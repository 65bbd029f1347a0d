package io.vedette.cli.ruletest;

import io.vedette.model.catalogue.CardMeaning;
import io.vedette.model.catalogue.CardMeaning.Form;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.signal.ClocksEvent;
import io.vedette.model.signal.Signal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A card as far as its metrics go, under the names that the agent gives them. Immutable. */
final class TestedCard implements Exposed {
    private static final Map<Signal, CardMeaning> NAMES = Catalogue.shipped().cardMeanings().values().stream()
            .flatMap(Collection::stream)
            .filter(meaning -> meaning.source() == 0)
            .collect(Collectors.toMap(CardMeaning::signal, Function.identity(), (first, second) -> first));

    private static final String PRODUCT = "card";
    private static final String OWNER = "vedette_gpu_owner";

    private final String node;
    private final String gpu;
    private final Optional<String> owner;
    private final List<SeriesSpec> series;

    /**
     * @param gpu index on the node
     * @param owner instance of the replica whose process holds the card
     * @param series of signals that cards have
     */
    TestedCard(String node, String gpu, Optional<String> owner, List<SeriesSpec> series) {
        this.node = node;
        this.gpu = gpu;
        this.owner = owner;
        this.series = List.copyOf(series);
    }

    @Override
    public void restart() {
        // All that a card counts, its series say.
    }

    @Override
    public void write(int scrape, Map<String, StringBuilder> families) {
        Map<String, Long> masks = new TreeMap<>();
        boolean isSeen = false;
        for (SeriesSpec one : series) {
            Shown shown = one.single().at(scrape);
            CardMeaning meaning = NAMES.get(Signal.ofName(one.name()).orElseThrow());
            if (!shown.isNumber() || meaning == null) {
                continue;
            }
            isSeen = true;
            if (meaning.form() == Form.MASK) {
                masks.merge(meaning.metric(), shown.number() > 0 ? bit(one.dimension()) : 0, (a, b) -> a | b);
            } else {
                String type = meaning.signal().kind() == Signal.Kind.COUNTER ? "counter" : "gauge";
                String label = meaning.dimensionLabels().stream().findFirst().orElse("");
                add(meaning.metric(), type, label, one.dimension(), shown.number() / meaning.factor(), families);
            }
        }
        masks.forEach((metric, mask) -> add(metric, "gauge", "", "", mask, families));
        if (isSeen) {
            owner.ifPresent(instance -> add(OWNER, "gauge", "instance", instance, 1, families));
        }
    }

    /** @param label besides those that name the card; empty for none */
    private void add(
            String metric,
            String type,
            String label,
            String labelled,
            double value,
            Map<String, StringBuilder> families) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("gpu", gpu);
        labels.put("UUID", "GPU-" + node + '-' + gpu);
        labels.put("modelName", PRODUCT);
        labels.put("Hostname", node);
        if (!label.isEmpty()) {
            labels.put(label, labelled);
        }
        Exposed.line(Exposed.family(metric, type, families), metric, Exposed.braced(labels), value);
    }

    private static long bit(String reason) {
        ClocksEvent event = ClocksEvent.ofWord(reason).orElseThrow();
        long bit = 1;
        while (!event.isIn(bit)) {
            bit <<= 1;
        }
        return bit;
    }
}
