package io.vedette.ingest.cards;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes what is known of a node's cards as an exposition in Prometheus' text format, in the DCGM exporter's names where it has one. Pure. */
final class CardExposition {
    private final String node;
    private final StringBuilder text = new StringBuilder(8 << 10);

    /**
     * A process with a card's memory.
     *
     * @param name empty where the process is not visible to us
     */
    record NamedProcess(CardProcess process, String name) {}

    /** A target and the card that its process holds. */
    record Owner(CardId card, String instance) {}

    private CardExposition(String node) {
        this.node = node;
    }

    /**
     * Writes everything.
     *
     * @param node label {@code Hostname} of every card
     * @param xidsShow whether an XID would be noticed: then each card has a series without number too, which says so
     * @param names of visible processes by their numbers
     */
    static String of(
            String node,
            NodeReading reading,
            KnownCards.Known known,
            boolean xidsShow,
            Map<Long, String> names,
            List<Owner> owners) {
        CardExposition exposition = new CardExposition(node);
        for (CardMetric metric : CardMetric.values()) {
            exposition.metric(metric, reading.cards());
        }
        exposition.processes(reading.cards(), names);
        exposition.family(
                "vedette_gpu_owner",
                "gauge",
                "Which target's process holds the card.",
                family -> owners.forEach(owner -> family.line(owner.card(), 1, label("instance", owner.instance()))));
        exposition.family("vedette_gpu_lost", "gauge", "Whether a card that was there is gone.", family -> {
            known.present().forEach(card -> family.line(card, 0, ""));
            known.lost().forEach(card -> family.line(card, 1, ""));
        });
        exposition.family("vedette_gpu_xid_events_total", "counter", "XIDs since the agent's start.", family -> {
            if (xidsShow) {
                known.present().forEach(card -> family.line(card, 0, ""));
            }
            known.xids()
                    .forEach(count -> family.line(
                            count.card(), (double) count.events(), label("xid", Long.toString(count.xid()))));
        });
        exposition.family(
                "vedette_gpus_expected", "gauge", "Most cards seen since the agent's start.", family -> exposition
                        .text
                        .append("vedette_gpus_expected ")
                        .append(known.expected())
                        .append('\n'));
        return exposition.text.toString();
    }

    private final class Family {
        private final String name;

        private Family(String name) {
            this.name = name;
        }

        private void line(CardId card, double value, String further) {
            text.append(name).append('{').append(labels(card)).append(further).append("} ");
            if (value == Math.rint(value) && Math.abs(value) < 1e15) {
                text.append((long) value);
            } else {
                text.append(value);
            }
            text.append('\n');
        }
    }

    /** A family without a line leaves no trace. */
    private void family(String name, String type, String help, Consumer<Family> lines) {
        int before = text.length();
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        int begun = text.length();
        lines.accept(new Family(name));
        if (text.length() == begun) {
            text.setLength(before);
        }
    }

    private void metric(CardMetric metric, List<CardReading> cards) {
        family(
                metric.exposedName(),
                metric.isCounter() ? "counter" : "gauge",
                metric.help(),
                family -> cards.forEach(card -> {
                    Double value = card.values().get(metric);
                    if (value != null) {
                        family.line(card.id(), value, "");
                    }
                }));
    }

    private void processes(List<CardReading> cards, Map<Long, String> names) {
        family(
                "vedette_gpu_process_memory_used_bytes",
                "gauge",
                "Memory of the card that a process holds.",
                family -> cards.forEach(card -> card.processes().forEach(process -> process.memoryBytes()
                        .ifPresent(bytes -> family.line(
                                card.id(),
                                (double) bytes,
                                label("pid", Long.toString(process.pid()))
                                        + label("process", names.getOrDefault(process.pid(), "")))))));
    }

    private String labels(CardId card) {
        StringBuilder labels = new StringBuilder("gpu=\"").append(card.index()).append('"');
        labels.append(label("UUID", card.uuid()))
                .append(label("pci_bus_id", card.pciBusId()))
                .append(label("device", card.device()))
                .append(label("modelName", card.model()));
        card.instance().ifPresent(instance -> labels.append(label("GPU_I_ID", Integer.toString(instance.gpuInstance())))
                .append(label("GPU_I_PROFILE", instance.profile()))
                .append(label("parent_uuid", instance.cardUuid())));
        return labels.append(label("Hostname", node)).toString();
    }

    /** With a comma before it; one that is empty is left out. */
    private static String label(String name, String value) {
        if (value.isEmpty()) {
            return "";
        }
        StringBuilder label = new StringBuilder(",").append(name).append("=\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                label.append('\\').append(c);
            } else if (c == '\n') {
                label.append("\\n");
            } else {
                label.append(c);
            }
        }
        return label.append('"').toString();
    }
}
