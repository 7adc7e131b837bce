"""Addresses of reviews."""

from django.urls import path

from fairlead.commons.reviews import views

_REVIEW = "incidents/<uuid:incident_id>/review/"

urlpatterns = [
    path(_REVIEW, views.review, name="review"),
    path(f"{_REVIEW}editions/<int:number>/", views.publication, name="review_publication"),
    path(f"{_REVIEW}as/<str:ending>/", views.take_away, name="review_file"),
    path(f"{_REVIEW}write/", views.write, name="review_write"),
    path(f"{_REVIEW}write/<str:key>/", views.save, name="review_save"),
    path(f"{_REVIEW}publish/", views.publish, name="review_publish"),
    path("review-template/", views.template, name="review_template"),
]
