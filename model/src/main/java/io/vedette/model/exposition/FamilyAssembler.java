package io.vedette.model.exposition;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes families of the samples of one body, once all its lines are read. */
final class FamilyAssembler {

    /** The series of one family, while they come together. */
    interface Series {

        /** Notes since when a series counts; false if there is no such series, or it isn't one that counts. */
        boolean setStart(Labels labels, long startMillis);

        /**
         * The family, or null if none of its series can be used.
         *
         * @param cutShort whether the body ended early, so that the last series may be incomplete
         */
        @Nullable
        MetricFamily assemble(boolean cutShort);
    }

    private final Metadata metadata;
    private final SampleBuffer samples;
    private final Problems problems;
    private final Map<String, Series> families = new LinkedHashMap<>();

    FamilyAssembler(Metadata metadata, SampleBuffer samples, Problems problems) {
        this.metadata = metadata;
        this.samples = samples;
        this.problems = problems;
    }

    List<MetricFamily> assemble(boolean cutShort) {
        List<SampleRole> roles = roles();
        List<Integer> created = new ArrayList<>();
        for (int sample = 0; sample < samples.size(); sample++) {
            SampleRole role = roles.get(samples.nameId(sample));
            switch (role.part()) {
                case CREATED -> created.add(sample);
                case UNEXPECTED -> report(sample, ProblemReason.UNEXPECTED_SAMPLE, "isn't part of a " + role.type());
                case NUMBER -> addNumber(sample, role);
                case BUCKET -> addBucket(sample, role);
                case SUM, COUNT -> addSumOrCount(sample, role);
            }
        }
        for (int sample : created) {
            setStart(sample, roles.get(samples.nameId(sample)).family());
        }
        List<MetricFamily> assembled = new ArrayList<>(families.size());
        for (Series series : families.values()) {
            MetricFamily family = series.assemble(cutShort);
            if (family != null) {
                assembled.add(family);
            }
        }
        return assembled;
    }

    private List<SampleRole> roles() {
        List<SampleRole> roles = new ArrayList<>(samples.names().size());
        Set<String> late = new HashSet<>();
        for (int id = 0; id < samples.names().size(); id++) {
            SampleRole role = SampleRole.of(samples.names().get(id), metadata);
            roles.add(role);
            Metadata.TypeLine declaration = metadata.typeLine(role.declared());
            if (declaration != null && declaration.line() > samples.firstLine(id) && late.add(role.declared())) {
                problems.add(
                        declaration.line(),
                        ProblemReason.TYPE_AFTER_SAMPLES,
                        () -> "the type of " + Problems.excerpt(role.declared())
                                + " stands after its samples: it counts");
            }
        }
        return roles;
    }

    private void addNumber(int sample, SampleRole role) {
        NumberSeries series = (NumberSeries) families.computeIfAbsent(
                role.family(), name -> new NumberSeries(name, role.type(), metadata.unit(role.declared())));
        String bound = samples.boundText(sample);
        Labels labels = samples.labels(sample);
        boolean added = series.add(
                bound == null ? labels : labels.with("le", bound),
                samples.value(sample),
                samples.timestampMillis(sample));
        reportDuplicate(sample, added);
    }

    private void addBucket(int sample, SampleRole role) {
        if (samples.boundText(sample) == null) {
            report(sample, ProblemReason.UNEXPECTED_SAMPLE, "is a bucket without the label le");
        } else if (!(samples.bound(sample) > Double.NEGATIVE_INFINITY)) {
            report(sample, ProblemReason.INVALID_BOUND, "has an le that isn't a bound");
        } else {
            histogram(role)
                    .addBucket(
                            samples.line(sample),
                            samples.labels(sample),
                            samples.bound(sample),
                            samples.value(sample),
                            samples.timestampMillis(sample));
        }
    }

    private void addSumOrCount(int sample, SampleRole role) {
        HistogramSeries histogram = histogram(role);
        int line = samples.line(sample);
        Labels labels = samples.labels(sample);
        double value = samples.value(sample);
        long timestampMillis = samples.timestampMillis(sample);
        reportDuplicate(
                sample,
                role.part() == SampleRole.Part.SUM
                        ? histogram.addSum(line, labels, value, timestampMillis)
                        : histogram.addCount(line, labels, value, timestampMillis));
    }

    private HistogramSeries histogram(SampleRole role) {
        return (HistogramSeries) families.computeIfAbsent(
                role.family(),
                name -> new HistogramSeries(name, role.type(), metadata.unit(role.declared()), problems));
    }

    private void setStart(int sample, String family) {
        double millis = samples.value(sample) * 1000;
        if (!(millis > 0 && SampleParser.isTime(millis))) {
            report(sample, ProblemReason.INVALID_TIMESTAMP, "isn't a Unix time in seconds");
            return;
        }
        boolean found = false;
        for (String name : List.of(family, family + "_total", family + "_sum", family + "_count")) {
            Series series = families.get(name);
            found |= series != null && series.setStart(samples.labels(sample), Math.round(millis));
        }
        if (!found) {
            report(sample, ProblemReason.CREATED_WITHOUT_SERIES, "has no series that it is about");
        }
    }

    private void reportDuplicate(int sample, boolean added) {
        if (!added) {
            report(
                    sample,
                    ProblemReason.DUPLICATE_SERIES,
                    "has occurred before with these labels: the first one counts");
        }
    }

    private void report(int sample, ProblemReason reason, String what) {
        String name = samples.names().get(samples.nameId(sample));
        problems.add(samples.line(sample), reason, () -> Problems.excerpt(name) + " " + what);
    }
}
