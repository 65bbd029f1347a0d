@NullMarked
package io.vedette.jobs.track;

import org.jspecify.annotations.NullMarked;
