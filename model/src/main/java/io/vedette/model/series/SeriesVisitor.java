package io.vedette.model.series;

/** Takes the values of a frame, one after another. */
@FunctionalInterface
public interface SeriesVisitor {
    /**
     * One value of one series. Names and labels are shared between calls and frames, so that they can be kept.
     *
     * @param name full name, the same object for every value of a series
     * @param entity labels of the entity, the same object for every value of a frame
     * @param point what tells the entity's values of this name apart: {@code window}, and {@code quantile}, {@code reason} or {@code source}
     * @param value never NaN; +Inf where a quantile has no upper bound
     */
    void value(String name, Labels entity, Labels point, double value);
}
