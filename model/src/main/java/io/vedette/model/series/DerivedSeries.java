package io.vedette.model.series;

import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Window;
import io.vedette.model.histogram.Histogram;
import io.vedette.model.series.Definition.ByLabel;
import io.vedette.model.series.Definition.ByQuantile;
import io.vedette.model.series.Definition.OfFrame;
import io.vedette.model.series.Definition.OfWindow;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns frames into the values of the derived series. What is absent is left out: it is unknown, which is not zero. Thread-safe; allocates nothing by
 * value.
 */
public final class DerivedSeries {
    /** vLLM's finish reasons, as many sources of failures, about as many reasons for slow clocks: what a split series may come to. */
    private static final int SPLIT = 5;

    private final Map<EntityKind, Plan> plans = new EnumMap<>(EntityKind.class);

    private record Plan(List<Definition> ofFrame, List<Definition> ofWindow, Map<Long, WindowPoints> points) {}

    private DerivedSeries(SeriesSettings settings) {
        for (EntityKind kind : EntityKind.values()) {
            if (settings.wants(kind)) {
                plans.put(kind, plan(settings, kind));
            }
        }
    }

    /** Those series that the settings want. */
    public static DerivedSeries of(SeriesSettings settings) {
        return new DerivedSeries(settings);
    }

    private static Plan plan(SeriesSettings settings, EntityKind kind) {
        boolean lean = settings.isLean(kind);
        boolean bounds = settings.bounds() && !lean;
        List<Definition> wanted = SeriesCatalogue.definitions(kind).stream()
                .filter(d -> (d.lean() || !lean) && (bounds || !d.bounds()))
                .toList();
        Map<Long, WindowPoints> points = new HashMap<>();
        for (Duration window : settings.windowsOf(kind)) {
            points.put(window.toMillis(), new WindowPoints(window, settings.quantilesOf(kind)));
        }
        return new Plan(
                wanted.stream().filter(d -> d.values() instanceof OfFrame).toList(),
                wanted.stream().filter(d -> !(d.values() instanceof OfFrame)).toList(),
                points);
    }

    /** Visits a frame's values, series by series within each window. An entity's last frame says that it is gone, and has no values. */
    public void visit(Frame frame, SeriesVisitor visitor) {
        Plan plan = plans.get(frame.entity().kind());
        if (plan == null || frame.isLast()) {
            return;
        }
        Labels entity = Labels.of(frame.entity());
        for (Definition definition : plan.ofFrame) {
            if (definition.values() instanceof OfFrame values) {
                tell(visitor, definition, entity, Labels.NONE, values.value().applyAsDouble(frame));
            }
        }
        for (Window window : frame.windows()) {
            @Nullable WindowPoints points = plan.points.get(window.durationMillis());
            if (points != null) {
                for (Definition definition : plan.ofWindow) {
                    visit(definition, frame, window, points, entity, visitor);
                }
            }
        }
    }

    private static void visit(
            Definition definition,
            Frame frame,
            Window window,
            WindowPoints points,
            Labels entity,
            SeriesVisitor visitor) {
        if (definition.values() instanceof OfWindow values) {
            tell(visitor, definition, entity, points.window(), values.value().applyAsDouble(frame, window));
        } else if (definition.values() instanceof ByQuantile values) {
            Histogram histogram = window.histograms().get(values.histogram());
            if (histogram != null && histogram.count() > 0) {
                for (int i = 0; i < points.quantiles(); i++) {
                    double value = values.value().of(histogram, points.quantile(i));
                    tell(visitor, definition, entity, points.ofQuantile(i), value);
                }
            }
        } else if (definition.values() instanceof ByLabel values) {
            values.values()
                    .of(
                            frame,
                            window,
                            (of, value) -> tell(visitor, definition, entity, points.of(values.label(), of), value));
        }
    }

    private static void tell(SeriesVisitor visitor, Definition definition, Labels entity, Labels point, double value) {
        if (!Double.isNaN(value)) {
            visitor.value(definition.series().name(), entity, point, value);
        }
    }

    /** How many series an entity of a kind has when all is known, with as many finish reasons as vLLM has. */
    public int mostPerEntity(EntityKind kind) {
        Plan plan = plans.get(kind);
        if (plan == null) {
            return 0;
        }
        int most = plan.ofFrame.size();
        for (WindowPoints points : plan.points.values()) {
            for (Definition definition : plan.ofWindow) {
                most += definition.values() instanceof ByQuantile
                        ? points.quantiles()
                        : definition.values() instanceof ByLabel ? SPLIT : 1;
            }
        }
        return most;
    }
}
