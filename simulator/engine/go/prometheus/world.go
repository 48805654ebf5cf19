package main

import (
	"context"
	"errors"
	"math"
	"slices"
	"time"

	"github.com/prometheus/prometheus/model/histogram"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/model/value"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/prometheus/prometheus/util/annotations"
)

// stale is the sample that ends a series.
var stale = math.Float64frombits(value.StaleNaN)

// world keeps series in memory, and asks Prometheus' engine about them.
type world struct {
	parser parser.Parser
	engine *promql.Engine
	series map[string]*kept
	// In the order in which they came, so that results come in one.
	names []string
}

type kept struct {
	metric  labels.Labels
	samples []chunks.Sample
}

func newWorld() *world {
	read := parser.NewParser(parser.Options{})
	engine := promql.NewEngine(promql.EngineOpts{
		MaxSamples: 50_000_000,
		Timeout:    time.Minute,
		// What Prometheus takes where a subquery names no step.
		NoStepSubqueryIntervalFn: func(int64) int64 { return time.Minute.Milliseconds() },
		EnableAtModifier:         true,
		EnableNegativeOffset:     true,
		Parser:                   read,
	})
	return &world{parser: read, engine: engine, series: map[string]*kept{}}
}

func (w *world) append(metric labels.Labels, seconds int64, value float64) {
	key := metric.String()
	if _, known := w.series[key]; !known {
		w.series[key] = &kept{metric: metric}
		w.names = append(w.names, key)
	}
	w.series[key].samples = append(w.series[key].samples, sample{at: seconds * 1000, value: value})
}

// instant evaluates an expression at one moment.
func (w *world) instant(expression string, seconds int64) (promql.Vector, error) {
	asked, err := w.engine.NewInstantQuery(context.Background(), w, nil, expression, time.Unix(seconds, 0))
	if err != nil {
		return nil, err
	}
	defer asked.Close()
	result := asked.Exec(context.Background())
	if result.Err != nil {
		return nil, result.Err
	}
	vector, err := result.Vector()
	// The engine takes its memory back when the query is closed.
	return slices.Clone(vector), err
}

// Querier is how the engine asks for series.
func (w *world) Querier(from, to int64) (storage.Querier, error) {
	return querier{world: w, from: from, to: to}, nil
}

type querier struct {
	world    *world
	from, to int64
}

func (q querier) Select(_ context.Context, sorted bool, _ *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
	set := &seriesSet{at: -1}
	for _, name := range q.world.names {
		it := q.world.series[name]
		if !matches(it.metric, matchers) {
			continue
		}
		first, _ := slices.BinarySearchFunc(it.samples, q.from, func(it chunks.Sample, at int64) int { return int(it.T() - at) })
		last, _ := slices.BinarySearchFunc(it.samples, q.to+1, func(it chunks.Sample, at int64) int { return int(it.T() - at) })
		if first < last {
			set.series = append(set.series, storage.NewListSeries(it.metric, it.samples[first:last]))
		}
	}
	if sorted {
		slices.SortFunc(set.series, func(a, b storage.Series) int { return labels.Compare(a.Labels(), b.Labels()) })
	}
	return set
}

func matches(metric labels.Labels, matchers []*labels.Matcher) bool {
	for _, it := range matchers {
		if !it.Matches(metric.Get(it.Name)) {
			return false
		}
	}
	return true
}

var errNotAsked = errors.New("no expression asks for names of labels")

func (querier) LabelValues(context.Context, string, *storage.LabelHints, ...*labels.Matcher) ([]string, annotations.Annotations, error) {
	return nil, nil, errNotAsked
}

func (querier) LabelNames(context.Context, *storage.LabelHints, ...*labels.Matcher) ([]string, annotations.Annotations, error) {
	return nil, nil, errNotAsked
}

func (querier) Close() error { return nil }

type seriesSet struct {
	series []storage.Series
	at     int
}

func (s *seriesSet) Next() bool {
	s.at++
	return s.at < len(s.series)
}

func (s *seriesSet) At() storage.Series                   { return s.series[s.at] }
func (*seriesSet) Err() error                             { return nil }
func (*seriesSet) Warnings() annotations.Annotations      { return nil }

// sample is a number at a moment, in milliseconds.
type sample struct {
	at    int64
	value float64
}

func (s sample) T() int64                      { return s.at }
func (sample) ST() int64                       { return 0 }
func (s sample) F() float64                    { return s.value }
func (sample) H() *histogram.Histogram         { return nil }
func (sample) FH() *histogram.FloatHistogram   { return nil }
func (sample) Type() chunkenc.ValueType        { return chunkenc.ValFloat }
func (s sample) Copy() chunks.Sample           { return s }
