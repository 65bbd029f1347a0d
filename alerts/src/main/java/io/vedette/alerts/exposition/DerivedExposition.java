package io.vedette.alerts.exposition;

import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.series.DerivedSeries;
import io.vedette.model.series.Labels;
import io.vedette.model.series.Series;
import io.vedette.model.series.SeriesCatalogue;
import io.vedette.model.series.SeriesSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The derived series of all entities at hand. Values have no timestamps, so that Prometheus' staleness works; series with a {@code quantile} or
 * {@code le} label are untyped: they belong to no summary, and the format has no gauge histograms.
 */
public final class DerivedExposition implements Exposition {
    private static final Logger logger = LoggerFactory.getLogger(DerivedExposition.class);

    private final NewestFrames frames;
    private final InstantSource clock;
    private final int maxSeries;
    private final DerivedSeries all;
    private final DerivedSeries lean;
    private final AtomicBoolean showsLean = new AtomicBoolean();

    public DerivedExposition(NewestFrames frames, DerivedSettings settings, InstantSource clock) {
        this.frames = frames;
        this.clock = clock;
        this.maxSeries = settings.maxSeries();
        SeriesSettings series = settings.series();
        this.all = DerivedSeries.of(series);
        this.lean = DerivedSeries.of(series.leanly());
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        List<Frame> shown = frames.shownAt(clock.instant());
        DerivedSeries series = seriesFor(shown);
        Map<String, FamilyText> families = families();
        IdentityHashMap<Labels, byte[]> points = new IdentityHashMap<>();
        for (Frame frame : shown) {
            byte[] entity = FamilyText.entity(Labels.of(frame.entity()));
            series.visit(frame, (name, labels, point, value) -> {
                FamilyText family = families.get(name);
                if (family != null) {
                    family.add(entity, points.computeIfAbsent(point, FamilyText::labels), value);
                }
            });
        }
        for (FamilyText family : families.values()) {
            family.writeTo(out);
        }
    }

    /** Whether replicas show the lean set alone, as of the last time that anybody looked. */
    public boolean isLean() {
        return showsLean.get();
    }

    private DerivedSeries seriesFor(List<Frame> shown) {
        long most = 0;
        for (EntityKind kind : EntityKind.values()) {
            most += shown.stream().filter(f -> f.entity().kind() == kind).count() * all.mostPerEntity(kind);
        }
        boolean tooMany = most > maxSeries;
        if (showsLean.getAndSet(tooMany) != tooMany) {
            if (tooMany) {
                logger.warn(
                        "{} entities could have {} derived series, more than derived.max_series ({}):"
                                + " replicas show the lean set alone",
                        shown.size(),
                        most,
                        maxSeries);
            } else {
                logger.info("the derived series are within derived.max_series again: replicas show all of them");
            }
        }
        return tooMany ? lean : all;
    }

    private static Map<String, FamilyText> families() {
        Map<String, FamilyText> families = new LinkedHashMap<>();
        for (Series series : SeriesCatalogue.all()) {
            String type = series.isUntyped() ? "untyped" : "gauge";
            families.put(series.name(), new FamilyText(series.name(), series.meaning(), type));
        }
        return families;
    }
}
