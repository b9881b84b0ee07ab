"""Tests of the expression trees and their back-ends."""
