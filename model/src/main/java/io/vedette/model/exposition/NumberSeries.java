package io.vedette.model.exposition;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the series of one sample name. */
final class NumberSeries implements FamilyAssembler.Series {

    private final String name;
    private final MetricType type;
    private final String unit;
    private final Map<Labels, Point> pointsByLabels = new LinkedHashMap<>();

    NumberSeries(String name, MetricType type, String unit) {
        this.name = name;
        this.type = type;
        this.unit = unit;
    }

    /** False if the series is there already. */
    boolean add(Labels labels, double value, long timestampMillis) {
        return pointsByLabels.putIfAbsent(labels, new Point(value, timestampMillis)) == null;
    }

    @Override
    public boolean setStart(Labels labels, long startMillis) {
        Point point = pointsByLabels.get(labels);
        if (point == null || type != MetricType.COUNTER) {
            return false;
        }
        point.startMillis = startMillis;
        return true;
    }

    @Override
    public MetricFamily assemble(boolean cutShort) {
        List<NumberPoint> points = new ArrayList<>(pointsByLabels.size());
        pointsByLabels.forEach((labels, point) ->
                points.add(new NumberPoint(labels, point.value, point.timestampMillis, point.startMillis)));
        return new NumberFamily(name, type, unit, points);
    }

    private static final class Point {

        private final double value;
        private final long timestampMillis;
        private long startMillis;

        Point(double value, long timestampMillis) {
            this.value = value;
            this.timestampMillis = timestampMillis;
        }
    }
}
