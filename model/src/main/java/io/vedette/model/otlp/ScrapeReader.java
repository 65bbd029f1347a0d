package io.vedette.model.otlp;

import static java.util.Objects.requireNonNull;

import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.otlp.CardInterpretation.Whose;
import io.vedette.model.otlp.KnownMetric.Use;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.TargetScrape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the metrics of one resource (OTLP's {@code ResourceMetrics}): a scrape, or an agent's list of targets. Not thread-safe. */
final class ScrapeReader {
    private static final int RESOURCE = 10;
    private static final int SCOPE_METRICS = 18;
    private static final int METRICS = 18;
    private static final int METRIC_NAME = 10;
    private static final int GAUGE = 42;
    private static final int SUM = 58;
    private static final int HISTOGRAM = 74;
    private static final int EXPONENTIAL_HISTOGRAM = 82;
    private static final int SUMMARY = 90;
    private static final int DATA_POINTS = 10;
    private static final int TEMPORALITY = 16;
    private static final int DELTA = 1;

    private final Interner interner = new Interner();
    private final PointLabels labels = new PointLabels(interner);
    private final int reasonLabel = labels.number(RecordNames.REASON_LABEL);
    private final int instanceLabel = labels.number(RecordNames.INSTANCE_LABEL);
    private final ByteTable<KnownMetric> metrics = new ByteTable<>(Integer.MAX_VALUE);
    private final ResourceReader resources = new ResourceReader(interner);
    private final NumberPointReader number = new NumberPointReader();
    private final HistogramPointReader histogram = new HistogramPointReader();
    private final Slice resource = new Slice();
    private final Slice data = new Slice();

    private EngineAssembler assembler = new EngineAssembler(labels);
    private CardAssembler cards = new CardAssembler(labels);
    private @Nullable Set<String> listed;
    private boolean up;
    private @Nullable String reason;
    private double durationSeconds;
    private long processStartMillis;
    private long upMillis;
    private long newestMillis;

    ScrapeReader(Catalogue catalogue) {
        add(RecordNames.UP, KnownMetric.of(Use.UP));
        add(RecordNames.SCRAPE_DURATION, KnownMetric.of(Use.SCRAPE_DURATION));
        add(RecordNames.PROCESS_START, KnownMetric.of(Use.PROCESS_START));
        add(RecordNames.AGENT_TARGET, KnownMetric.of(Use.AGENT_TARGETS));
        add(RecordNames.GPU_OWNER, KnownMetric.of(Use.CARD_OWNER, Whose.of(RecordNames.OUR_CARD_LABELS, labels)));
        Set<String> measures = new LinkedHashSet<>(catalogue.meanings().keySet());
        measures.addAll(catalogue.cardMeanings().keySet());
        for (String name : measures) {
            add(
                    name,
                    KnownMetric.of(
                            catalogue.meanings(name), catalogue.cardMeanings().getOrDefault(name, List.of()), labels));
        }
        catalogue.cardDescriptions().forEach((name, whose) -> {
            if (!measures.contains(name)) {
                add(name, KnownMetric.of(Use.CARD_DESCRIPTION, Whose.of(whose, labels)));
            }
        });
    }

    private void add(String name, KnownMetric metric) {
        metrics.put(name.getBytes(StandardCharsets.UTF_8), metric);
    }

    /** What became of a resource: a scrape, a list, or neither. */
    record Result(@Nullable TargetScrape scrape, @Nullable AgentTargets targets, boolean named) {}

    /** Reads a {@code ResourceMetrics} whose tag was read. */
    Result read(Fields fields) throws IOException {
        begin();
        int outer = fields.enter();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case RESOURCE -> {
                    fields.slice();
                    resource.append(fields);
                }
                case SCOPE_METRICS -> readScope(fields);
                default -> fields.skip(tag);
            }
        }
        fields.leave(outer);
        return result(resources.read(resource));
    }

    private void begin() {
        resource.clear();
        assembler = new EngineAssembler(labels);
        cards = new CardAssembler(labels);
        listed = null;
        up = true;
        reason = null;
        durationSeconds = Double.NaN;
        processStartMillis = 0;
        upMillis = 0;
        newestMillis = 0;
    }

    private Result result(ResourceReader.Origin origin) {
        if (origin.target() == null) {
            return origin.agent().isEmpty() || listed == null
                    ? new Result(null, null, false)
                    : new Result(null, new AgentTargets(origin.agent(), listed), false);
        }
        long timeMillis = upMillis > 0 ? upMillis : newestMillis;
        if (timeMillis <= 0) {
            return new Result(null, null, true);
        }
        TargetScrape scrape = up
                ? new TargetScrape(
                        origin.target(),
                        timeMillis,
                        null,
                        durationSeconds,
                        processStartMillis,
                        origin.contextLength(),
                        assembler.engines(),
                        cards.cards(),
                        assembler.dropped() + cards.dropped(),
                        assembler.foreign())
                : TargetScrape.failed(origin.target(), timeMillis, failure(), durationSeconds, origin.contextLength());
        return new Result(scrape, null, true);
    }

    private ScrapeFailure failure() {
        return ScrapeFailure.ofWord(reason == null ? "" : reason).orElse(ScrapeFailure.BROKEN);
    }

    private void readScope(Fields fields) throws IOException {
        int outer = fields.enter();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == METRICS) {
                readMetric(fields);
            } else {
                fields.skip(tag);
            }
        }
        fields.leave(outer);
    }

    /** The data may stand before the name, so they are taken as a slice first. */
    private void readMetric(Fields fields) throws IOException {
        int nameOffset = 0;
        int nameLength = 0;
        int kind = 0;
        data.clear();
        int outer = fields.enter();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            switch (tag) {
                case METRIC_NAME -> {
                    fields.slice();
                    nameOffset = fields.sliceOffset();
                    nameLength = fields.sliceLength();
                }
                case GAUGE, SUM, HISTOGRAM, EXPONENTIAL_HISTOGRAM, SUMMARY -> {
                    if (tag != kind) {
                        data.clear();
                    }
                    kind = tag;
                    fields.slice();
                    data.append(fields);
                }
                default -> fields.skip(tag);
            }
        }
        fields.leave(outer);
        KnownMetric metric = metrics.get(fields.bytes(), nameOffset, nameLength);
        if (metric != null) {
            readData(metric, kind);
        }
    }

    private void readData(KnownMetric metric, int kind) throws IOException {
        if (metric.use() == Use.AGENT_TARGETS && listed == null) {
            listed = new HashSet<>();
        }
        if (kind == EXPONENTIAL_HISTOGRAM || kind == SUMMARY) {
            assembler.drop(1);
            return;
        }
        boolean delta = (kind == SUM || kind == HISTOGRAM) && isDelta();
        Fields fields = data.fields();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag != DATA_POINTS) {
                fields.skip(tag);
            } else if (kind == HISTOGRAM) {
                histogram.read(fields, labels);
                takeHistogram(metric, delta);
            } else {
                number.read(fields, labels);
                takeNumber(metric, delta);
            }
        }
    }

    /** Growth since the last export is not what a scrape has; nothing here adds it up. */
    private boolean isDelta() throws IOException {
        int temporality = 0;
        Fields fields = data.fields();
        for (int tag = fields.next(); tag != 0; tag = fields.next()) {
            if (tag == TEMPORALITY) {
                temporality = fields.varint32();
            } else {
                fields.skip(tag);
            }
        }
        return temporality == DELTA;
    }

    private void takeHistogram(KnownMetric metric, boolean delta) {
        if (histogram.isStale()) {
            return;
        }
        newestMillis = Math.max(newestMillis, histogram.timeMillis());
        if (delta || metric.use() != Use.MEASURE || !metric.ofCards().isEmpty()) {
            assembler.drop(1);
        } else {
            assembler.histogram(metric.interpretations(), histogram);
        }
    }

    private void takeNumber(KnownMetric metric, boolean delta) {
        if (number.isStale()) {
            return;
        }
        double value = number.value();
        newestMillis = Math.max(newestMillis, number.timeMillis());
        if (delta) {
            assembler.drop(1);
            return;
        }
        switch (metric.use()) {
            case MEASURE -> {
                assembler.number(metric.interpretations(), value, number.startMillis());
                if (!metric.ofCards().isEmpty()) {
                    cards.number(metric.ofCards(), value, number.startMillis());
                }
            }
            case CARD_DESCRIPTION -> cards.describe(requireNonNull(metric.whose()));
            case CARD_OWNER -> {
                if (value > 0) {
                    cards.owner(requireNonNull(metric.whose()), labels.value(instanceLabel));
                }
            }
            case UP -> {
                up = value > 0;
                reason = labels.value(reasonLabel);
                upMillis = number.timeMillis();
            }
            case SCRAPE_DURATION -> durationSeconds = value >= 0 && Double.isFinite(value) ? value : Double.NaN;
            case PROCESS_START -> processStartMillis = Math.max(processStartMillis, Math.round(value * 1000));
            case AGENT_TARGETS -> {
                String instance = labels.value(instanceLabel);
                if (listed != null && instance != null) {
                    listed.add(instance);
                }
            }
        }
    }
}
